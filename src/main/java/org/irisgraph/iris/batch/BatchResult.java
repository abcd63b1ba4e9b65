package org.irisgraph.iris.batch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.irisgraph.iris.spec.RejectedRow;
import org.irisgraph.iris.spec.TableWrite;

/**
 * The result of writing a batch.
 *
 * @param committed the elements that are stored, possibly without some of their rows
 * @param refused the elements of which nothing is stored
 * @param rejected the rows that are not stored; for a refused element its only reason
 * @param committedRows the number of rows stored in each table
 * @param counts how many elements were rejected
 * @param metrics the cost
 */
public record BatchResult<T>(
    List<T> committed,
    List<T> refused,
    List<RejectedRow> rejected,
    Map<String, Integer> committedRows,
    ElementCounts counts,
    BatchMetrics metrics) {

  /**
   * Counts the elements for the share of rejected ones.
   *
   * @param toBeStored how many elements the outcome table did not refuse
   * @param mostlyRejected how many of those are not stored, or without most of their rows
   */
  public record ElementCounts(int toBeStored, int mostlyRejected) {}

  /** Collects the result of elements that have been written. */
  static <T> BatchResult<T> of(
      List<PendingElement<T>> written, List<TableWrite<T>> tables, BatchMetrics.Counter counter) {
    List<T> committed = new ArrayList<>();
    List<T> refused = new ArrayList<>();
    List<RejectedRow> rejected = new ArrayList<>();
    int toBeStored = 0;
    int mostlyRejected = 0;
    int[] rows = new int[tables.size()];
    for (PendingElement<T> element : written) {
      for (int table = 0; table < rows.length; table++) {
        rows[table] += element.committedRows(table);
      }
      (element.isStored() ? committed : refused).add(element.original());
      rejected.addAll(element.rejected());
      toBeStored += element.isToBeStored() ? 1 : 0;
      mostlyRejected += element.isMostlyRejected() ? 1 : 0;
    }
    Map<String, Integer> committedRows = new LinkedHashMap<>();
    for (int table = 0; table < rows.length; table++) {
      committedRows.put(tables.get(table).table(), rows[table]);
    }
    counter.rejected(rejected.size());
    return new BatchResult<>(
        committed,
        refused,
        rejected,
        committedRows,
        new ElementCounts(toBeStored, mostlyRejected),
        counter.total());
  }
}
