/**
 * Maps a {@link org.irisgraph.graph.DocumentGraph} to the tables of iris-vector-rag's GraphRAG, and
 * keeps the ledger, which has the outcome of each document.
 */
@NullMarked
package org.irisgraph.graphrag;

import org.jspecify.annotations.NullMarked;
