/** The values of the knowledge graph and their identity; depends on nothing else of the project. */
@NullMarked
package org.irisgraph.graph;

import org.jspecify.annotations.NullMarked;
