/** What every package may use: nothing here knows of documents, tables or Beam. */
@NullMarked
package org.irisgraph.base;

import org.jspecify.annotations.NullMarked;
