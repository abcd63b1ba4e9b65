/**
 * The readers: one small class for each format turns a file into {@link
 * org.irisgraph.graph.Document}s and names what it cannot read.
 */
package org.irisgraph.document;
