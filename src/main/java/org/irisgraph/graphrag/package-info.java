/** Maps a {@link org.irisgraph.graph.DocumentGraph} to the tables of iris-vector-rag's GraphRAG. */
@NullMarked
package org.irisgraph.graphrag;

import org.jspecify.annotations.NullMarked;
