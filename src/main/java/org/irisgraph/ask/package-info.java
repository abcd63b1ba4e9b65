/** Answers questions about the graph in the database: nodes, neighbours, paths and their proofs. */
@NullMarked
package org.irisgraph.ask;

import org.jspecify.annotations.NullMarked;
