package org.irisgraph.iris.batch;

import java.util.List;

/**
 * Rows to delete from a table, or to give to another owner.
 *
 * @param table the index of the table in the plan
 */
record Deletion(int table, List<StaleRow> rows) {}
