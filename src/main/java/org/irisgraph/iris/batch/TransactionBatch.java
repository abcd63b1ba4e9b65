package org.irisgraph.iris.batch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.irisgraph.iris.spec.StorageMode;
import org.irisgraph.iris.spec.WriteDecision;
import org.irisgraph.jdbc.KeyComparison;

/**
 * The content of one transaction: many small elements, or a part of a large one.
 *
 * @param elements the owners of the rows
 * @param rows the rows of this batch for each table
 * @param first whether the outcome table has yet to decide about the elements
 * @param last whether the elements are complete after this batch
 */
record TransactionBatch<T>(
    List<PendingElement<T>> elements,
    List<List<PendingElement.PendingRow<T>>> rows,
    boolean first,
    boolean last) {

  /**
   * Divides elements into batches with at most {@code batchRows} rows for each table. A batch has
   * no two elements whose keys are equal or may be equal to the outcome table, so that it decides
   * about them one by one.
   */
  static <T> List<TransactionBatch<T>> of(List<PendingElement<T>> elements, WritePlan<T> plan) {
    int tables = plan.tables().size();
    List<TransactionBatch<T>> batches = new ArrayList<>();
    List<PendingElement<T>> open = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    int[] counts = new int[tables];
    for (PendingElement<T> element : elements) {
      String key = KeyComparison.fold(element.key());
      boolean fits =
          plan.storageMode() == StorageMode.BATCH
              && open.size() < plan.batchRows()
              && !keys.contains(key);
      boolean large = false;
      for (int table = 0; table < tables; table++) {
        fits &= counts[table] + element.rowCount(table) <= plan.batchRows();
        large |= element.rowCount(table) > plan.batchRows();
      }
      if (!fits && !open.isEmpty()) {
        batches.add(whole(open, tables));
        open = new ArrayList<>();
        keys.clear();
        counts = new int[tables];
      }
      if (large) {
        batches.addAll(parts(element, tables, plan.batchRows()));
      } else {
        open.add(element);
        keys.add(key);
        for (int table = 0; table < tables; table++) {
          counts[table] += element.rowCount(table);
        }
      }
    }
    if (!open.isEmpty()) {
      batches.add(whole(open, tables));
    }
    return batches;
  }

  /** Whether the outcome table has refused all elements. */
  boolean isRefused() {
    return elements.stream()
        .allMatch(element -> element.decision().action() == WriteDecision.Action.REFUSE);
  }

  /** Whether no element has an earlier version to change, according to the decisions so far. */
  boolean isNew() {
    return elements.stream()
        .map(PendingElement::decision)
        .noneMatch(
            decision ->
                decision.action() == WriteDecision.Action.REPLACE
                    || decision.overwrittenKey() != null);
  }

  /** Whether several elements have a row with the same key, of which the last is to be stored. */
  boolean sharesRows() {
    for (List<PendingElement.PendingRow<T>> ofTable : rows) {
      Set<String> ids = new HashSet<>();
      for (PendingElement.PendingRow<T> row : ofTable) {
        if (!ids.add(KeyComparison.fold(row.id()))) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether earlier transactions have stored all rows of the elements. */
  boolean isEnd() {
    return last && !first && rows.stream().allMatch(List::isEmpty);
  }

  /** The batch after the outcome table's decision was committed. */
  TransactionBatch<T> decided() {
    return new TransactionBatch<>(elements, rows, false, last);
  }

  /** A batch with all rows of some elements. */
  static <T> TransactionBatch<T> whole(List<PendingElement<T>> elements, int tables) {
    List<List<PendingElement.PendingRow<T>>> rows = new ArrayList<>();
    for (int table = 0; table < tables; table++) {
      List<PendingElement.PendingRow<T>> ofTable = new ArrayList<>();
      for (PendingElement<T> element : elements) {
        ofTable.addAll(element.rows(table));
      }
      rows.add(ofTable);
    }
    return new TransactionBatch<>(List.copyOf(elements), rows, true, true);
  }

  /** Divides an element: the first part decides, the last has no rows and completes it. */
  private static <T> List<TransactionBatch<T>> parts(
      PendingElement<T> element, int tables, int batchRows) {
    List<TransactionBatch<T>> parts = new ArrayList<>();
    parts.add(new TransactionBatch<>(List.of(element), none(tables), true, false));
    for (int table = 0; table < tables; table++) {
      List<PendingElement.PendingRow<T>> all = element.rows(table);
      for (int from = 0; from < all.size(); from += batchRows) {
        List<List<PendingElement.PendingRow<T>>> rows = none(tables);
        rows.set(table, all.subList(from, Math.min(all.size(), from + batchRows)));
        parts.add(new TransactionBatch<>(List.of(element), rows, false, false));
      }
    }
    parts.add(new TransactionBatch<>(List.of(element), none(tables), false, true));
    return parts;
  }

  private static <T> List<List<PendingElement.PendingRow<T>>> none(int tables) {
    List<List<PendingElement.PendingRow<T>>> rows = new ArrayList<>();
    for (int table = 0; table < tables; table++) {
      rows.add(List.of());
    }
    return rows;
  }
}
