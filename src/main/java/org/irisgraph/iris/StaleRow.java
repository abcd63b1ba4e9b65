package org.irisgraph.iris;

/**
 * A row to delete.
 *
 * @param foreign whether another program has stored it
 */
record StaleRow(String id, boolean foreign) {}
