/**
 * How a {@link org.irisgraph.graph.DocumentGraph} becomes rows of the tables that iris-vector-rag's
 * GraphRAG queries, and the ledger that says what became of each document.
 */
package org.irisgraph.graphrag;
