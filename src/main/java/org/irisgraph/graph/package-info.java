/** The values of the knowledge graph and their identity; depends on nothing of the project. */
package org.irisgraph.graph;
