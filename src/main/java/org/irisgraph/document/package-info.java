/**
 * The readers: one small class for each format turns a file into {@link
 * org.irisgraph.graph.Document}s and names what it cannot read.
 */
@NullMarked
package org.irisgraph.document;

import org.jspecify.annotations.NullMarked;
