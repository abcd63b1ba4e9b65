/**
 * The sink: writes rows into tables in large idempotent batches. Knows tables and rows, nothing of
 * documents, and imports nothing of the project.
 */
package org.irisgraph.iris;
