/**
 * The linked graph: nodes that entities of many documents have in common, and edges between them. A
 * function of the rows of the documents, kept up by what has changed.
 */
@NullMarked
package org.irisgraph.linked;

import org.jspecify.annotations.NullMarked;
