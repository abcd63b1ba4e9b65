/** The readers, one for each format. */
package org.irisgraph.document.format;
