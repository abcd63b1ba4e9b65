package org.irisgraph.iris.batch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.irisgraph.iris.spec.RejectedRow;

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
  static <T> BatchResult<T> of(List<PendingElement<T>> written, BatchMetrics.Counter counter) {
    List<T> committed = new ArrayList<>();
    List<T> refused = new ArrayList<>();
    List<RejectedRow> rejected = new ArrayList<>();
    Map<String, Integer> committedRows = new LinkedHashMap<>();
    int toBeStored = 0;
    int mostlyRejected = 0;
    for (PendingElement<T> element : written) {
      element
          .committedRows()
          .forEach((table, count) -> committedRows.merge(table, count, Integer::sum));
      (element.isStored() ? committed : refused).add(element.original());
      rejected.addAll(element.rejected());
      toBeStored += element.isToBeStored() ? 1 : 0;
      mostlyRejected += element.isMostlyRejected() ? 1 : 0;
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
