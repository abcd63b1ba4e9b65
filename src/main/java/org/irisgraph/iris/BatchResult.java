package org.irisgraph.iris;

import java.util.List;
import java.util.Map;

/**
 * What became of a batch.
 *
 * @param committed the elements that are stored, if perhaps without some of their rows
 * @param refused the elements of which nothing is stored
 * @param rejected the rows that are not stored; for a refused element its one reason
 * @param committedRows the number of rows stored in each table
 * @param toBeStored how many elements the outcome table did not refuse
 * @param mostlyRejected how many of those are not stored, or not with half of their rows
 * @param metrics what it cost
 */
public record BatchResult<T>(
    List<T> committed,
    List<T> refused,
    List<RejectedRow> rejected,
    Map<String, Integer> committedRows,
    int toBeStored,
    int mostlyRejected,
    BatchMetrics metrics) {}
