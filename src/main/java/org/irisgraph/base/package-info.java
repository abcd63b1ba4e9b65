/** What every package may use: nothing here knows of documents, tables or Beam. */
package org.irisgraph.base;
