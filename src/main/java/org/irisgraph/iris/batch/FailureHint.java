package org.irisgraph.iris.batch;

import java.sql.BatchUpdateException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the driver reports about the rows of a statement that failed. It is a hint: it decides in
 * which pieces the elements are tried again, never what is rejected.
 *
 * @param refused elements with a row that was refused
 * @param unknown elements with a row that was not tried, or of which nothing is reported; some may
 *     be refused, too
 */
record FailureHint(Set<PendingElement<?>> refused, Set<PendingElement<?>> unknown) {

  /** The hint of a failure that is no statement's. */
  static final FailureHint NONE = new FailureHint(Set.of(), Set.of());

  /**
   * Reads the update counts. A driver goes on after a bad row or stops at the first, and may report
   * those that it did not try as failed: of the last failed rows the first alone is taken as bad.
   */
  static FailureHint of(Exception e, List<? extends PendingElement.PendingRow<?>> rows) {
    int[] counts =
        e instanceof BatchUpdateException batch && batch.getUpdateCounts() != null
            ? batch.getUpdateCounts()
            : new int[0];
    int end = rows.size();
    while (end > 0 && (end > counts.length || counts[end - 1] == Statement.EXECUTE_FAILED)) {
      end--;
    }
    Set<PendingElement<?>> refused = new HashSet<>();
    Set<PendingElement<?>> unknown = new HashSet<>();
    for (int i = 0; i < rows.size(); i++) {
      boolean failed = i < end ? counts[i] == Statement.EXECUTE_FAILED : i == end && end > 0;
      if (failed) {
        refused.add(rows.get(i).element());
      } else if (i >= end) {
        unknown.add(rows.get(i).element());
      }
    }
    return new FailureHint(refused, unknown);
  }

  /**
   * Cuts the elements of a failed transaction into pieces: those without a fault so far together,
   * the unknown in halves, each refused one alone. Without a useful hint there are two halves.
   */
  <T> List<List<PendingElement<T>>> pieces(List<PendingElement<T>> elements) {
    List<PendingElement<T>> accepted = new ArrayList<>();
    List<PendingElement<T>> untried = new ArrayList<>();
    List<List<PendingElement<T>>> pieces = new ArrayList<>();
    for (PendingElement<T> element : elements) {
      if (refused.contains(element)) {
        pieces.add(List.of(element));
      } else {
        (unknown.contains(element) ? untried : accepted).add(element);
      }
    }
    if (pieces.size() == elements.size() || accepted.size() == elements.size()) {
      return halves(elements);
    }
    if (!accepted.isEmpty()) {
      pieces.add(accepted);
    }
    pieces.addAll(halves(untried));
    return pieces;
  }

  private static <T> List<List<PendingElement<T>>> halves(List<PendingElement<T>> elements) {
    int half = elements.size() / 2;
    return Stream.of(elements.subList(0, half), elements.subList(half, elements.size()))
        .filter(part -> !part.isEmpty())
        .toList();
  }
}
