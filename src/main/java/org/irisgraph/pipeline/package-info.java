/**
 * The flow from documents to a graph in the database, and what a run of it needs: options, launch,
 * progress, summary and dead letters.
 */
package org.irisgraph.pipeline;
