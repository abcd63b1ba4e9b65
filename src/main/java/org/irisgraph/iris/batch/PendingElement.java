package org.irisgraph.iris.batch;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.irisgraph.iris.spec.OnBadRow;
import org.irisgraph.iris.spec.OutcomeTable;
import org.irisgraph.iris.spec.RejectedRow;
import org.irisgraph.iris.spec.TableWrite;
import org.irisgraph.iris.spec.WriteDecision;
import org.irisgraph.jdbc.Row;
import org.irisgraph.jdbc.StoreException;
import org.jspecify.annotations.Nullable;

/** An element that is being written: its rows, the decision about it and its rejected rows. */
final class PendingElement<T> {

  /** A row of an element, with its key as text. */
  record PendingRow<T>(PendingElement<T> element, int table, Row row, String id) {

    /**
     * Rejects the row.
     *
     * @throws StoreException.Stopped if a bad row is to stop the write
     */
    void reject(RejectedRow.Reason reason, String code, String message)
        throws StoreException.Stopped {
      element.reject(this, reason, code, message);
    }
  }

  /** Separates the columns of a composite key; no text column of a key contains it. */
  private static final String KEY_SEPARATOR = "\0";

  private final String key;
  private final @Nullable OutcomeTable<T> outcomes;
  private final List<String> tables = new ArrayList<>();
  private final List<Map<String, PendingRow<T>>> rowsById = new ArrayList<>();
  private final List<List<PendingRow<T>>> rows = new ArrayList<>();
  private final RejectedRows rejected = new RejectedRows();
  private WriteDecision decision = WriteDecision.write();
  private List<Row> found = List.of();
  private final boolean needsFirstRow;
  private final BitSet allOrNone = new BitSet();
  private final OnBadRow onBadRow;
  private boolean whollyRejected;
  private boolean confirmedWhollyRejected;

  /** An element of which nothing is stored, because the outcome table refuses its row. */
  private record Refusal<T>(T element, boolean wasToBeStored, RejectedRow reason) {}

  private final T original;
  private @Nullable Refusal<T> refusal;
  private boolean isRefusalConfirmed;

  /** Whether the row of {@link OutcomeTable#storable} has been made. */
  private boolean hasStorableRow;

  /** Makes the rows of an element; of two rows with the same key the last is used. */
  PendingElement(T element, WritePlan<T> plan) {
    this.original = element;
    this.outcomes = plan.outcomes();
    this.key = plan.elementKey().apply(element);
    this.onBadRow = plan.onBadRow();
    this.needsFirstRow = !plan.tables().get(0).partsOnly();
    for (int table = 0; table < plan.tables().size(); table++) {
      TableWrite<T> write = plan.tables().get(table);
      List<Row> made = write.rows().apply(element);
      int[] keyColumns = keyColumns(write);
      Map<String, PendingRow<T>> byId = new HashMap<>(2 * made.size());
      List<PendingRow<T>> ofTable = new ArrayList<>(made.size());
      for (Row row : made) {
        if (row.size() != write.columns().size()) {
          throw new IllegalArgumentException(
              "element %s: a row for %s has %d values, and the table is written with %d columns"
                  .formatted(key, write.table(), row.size(), write.columns().size()));
        }
        String id = id(row, keyColumns);
        PendingRow<T> pending = new PendingRow<>(this, table, row, id);
        PendingRow<T> replaced = byId.put(id, pending);
        if (replaced == null) {
          ofTable.add(pending);
        } else {
          ofTable.set(ofTable.indexOf(replaced), pending);
        }
      }
      tables.add(write.table());
      allOrNone.set(table, write.allRowsOrNone());
      rowsById.add(byId);
      rows.add(Collections.unmodifiableList(ofTable));
    }
  }

  private static int[] keyColumns(TableWrite<?> write) {
    int[] positions = new int[write.key().size()];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = write.columns().indexOf(write.key().get(i));
    }
    return positions;
  }

  private static String id(Row row, int[] keyColumns) {
    if (keyColumns.length == 1) {
      return row.key(keyColumns[0]);
    }
    List<String> values = new ArrayList<>();
    for (int column : keyColumns) {
      values.add(row.key(column));
    }
    return String.join(KEY_SEPARATOR, values);
  }

  /** The element; if the outcome table refuses its row, the one to record in its place. */
  T element() {
    return refusal == null ? original : refusal.element();
  }

  /** The element as it was to be stored. */
  T original() {
    return original;
  }

  String key() {
    return key;
  }

  WriteDecision decision() {
    return decision;
  }

  /** The rows of the outcome table that the decision was made from. */
  List<Row> found() {
    return found;
  }

  void decide(WriteDecision decided, List<Row> foundRows) {
    this.decision = decided;
    this.found = foundRows;
  }

  /** All rows for a table, including rejected ones. */
  List<PendingRow<T>> rows(int table) {
    return rows.get(table);
  }

  int rowCount(int table) {
    return rows.get(table).size();
  }

  /** Whether anything of the element is stored. */
  boolean isStored() {
    return refusal == null && !whollyRejected && decision.action() != WriteDecision.Action.REFUSE;
  }

  boolean isWhollyRejected() {
    return whollyRejected;
  }

  /** Whether a row of the element is stored. */
  boolean isStored(PendingRow<T> row) {
    return isStored() && !rejected.contains(row.table(), row.id());
  }

  /** Whether the element has a row with this key, and the row is stored. */
  boolean isStored(int table, String id) {
    return isStored() && rowsById.get(table).containsKey(id) && !rejected.contains(table, id);
  }

  Optional<RejectedRow> rejection(int table, String id) {
    return rejected.find(table, id);
  }

  /** Rejects a row, and the whole element with the last of its rows in the first table. */
  private void reject(PendingRow<T> row, RejectedRow.Reason reason, String code, String message)
      throws StoreException.Stopped {
    if (row.table() == tables.size()) {
      refuse(code, message);
      return;
    }
    if (onBadRow == OnBadRow.STOP) {
      throw new StoreException.Stopped(
          "stopped at a bad row (onBadRow=stop): %s %s of %s: %s %s"
              .formatted(tables.get(row.table()), row.id(), key, code, message));
    }
    rejected.add(
        row.table(),
        row.id(),
        new RejectedRow(
            key,
            tables.get(row.table()),
            row.id().replace(KEY_SEPARATOR, ","),
            reason,
            code,
            message));
    if (onBadRow == OnBadRow.REJECT_DOCUMENT
        || allOrNone.get(row.table())
        || (needsFirstRow && row.table() == 0 && rejected.size(0) == rowCount(0))) {
      whollyRejected = true;
    }
  }

  /** A row of the outcome table, which is stored after the rows of all tables. */
  PendingRow<T> outcomeRow(Row row, String id) {
    hasStorableRow = isRefused();
    return new PendingRow<>(
        this,
        tables.size(),
        hasStorableRow ? Objects.requireNonNull(outcomes, "outcomes").storable(row) : row,
        id);
  }

  /** Whether the outcome table refuses the element's row, so that nothing of it is stored. */
  boolean isRefused() {
    return refusal != null;
  }

  /**
   * Stores nothing of the element, because the database cannot hold its row of the outcome table,
   * or cannot look up its key.
   *
   * @throws StoreException.Stopped if a bad row is to stop the write, or if the row that takes its
   *     place is refused, too
   */
  void refuse(String code, String message) throws StoreException.Stopped {
    String table = outcomes == null ? tables.get(0) : outcomes.table();
    if (onBadRow == OnBadRow.STOP) {
      throw new StoreException.Stopped(
          "stopped at a bad row (onBadRow=stop): %s %s: %s %s"
              .formatted(table, key, code, message));
    }
    if (refusal != null && !hasStorableRow) {
      return;
    }
    if (refusal != null) {
      throw new StoreException.Stopped(
          "%s takes no row for %s, not even one of short ASCII texts: %s %s"
              .formatted(table, key, code, message));
    }
    refusal =
        new Refusal<>(
            outcomes == null ? original : outcomes.refused(original, code, message),
            decision.action() != WriteDecision.Action.REFUSE,
            new RejectedRow(key, table, key, RejectedRow.Reason.DATABASE, code, message));
  }

  /** How many rows have been rejected so far. */
  int rejectedCount() {
    return rejected.size();
  }

  /** Makes the rejections so far final, after a check or a commit. */
  void confirmRejections() {
    rejected.confirm();
    confirmedWhollyRejected = whollyRejected;
    isRefusalConfirmed = refusal != null;
  }

  /** Discards the rejections of a failed attempt, which the failure itself may have caused. */
  void discardRejections() {
    rejected.discard();
    whollyRejected = confirmedWhollyRejected;
    if (!isRefusalConfirmed) {
      refusal = null;
    }
  }

  /** Whether the element counts for the share of rejected ones. */
  boolean isToBeStored() {
    return refusal == null
        ? decision.action() != WriteDecision.Action.REFUSE
        : refusal.wasToBeStored();
  }

  /** Whether most of the element was rejected, though the outcome table did not refuse it. */
  boolean isMostlyRejected() {
    if (refusal == null && rejected.size() == 0) {
      return false;
    }
    int all = rows.stream().mapToInt(List::size).sum();
    return isToBeStored() && (refusal != null || whollyRejected || 2 * rejected.size() > all);
  }

  /** The rejected rows; if the outcome table refused the element, its reason. */
  List<RejectedRow> rejected() {
    if (refusal != null) {
      return List.of(refusal.reason());
    }
    if (decision.action() == WriteDecision.Action.REFUSE) {
      return List.of(
          new RejectedRow(
              key,
              "",
              key,
              RejectedRow.Reason.VALIDATION,
              Objects.requireNonNull(decision.code(), "code"),
              Objects.requireNonNull(decision.message(), "message")));
    }
    return rejected.all();
  }

  /** How many rows of a table are stored. */
  int committedRows(int table) {
    return isStored() ? rows.get(table).size() - rejected.size(table) : 0;
  }

  Map<String, Integer> committedRows() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (int table = 0; table < rows.size(); table++) {
      counts.put(tables.get(table), committedRows(table));
    }
    return counts;
  }

  Map<String, Integer> rejectedRows() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (int table = 0; table < rows.size(); table++) {
      counts.put(tables.get(table), isStored() ? rejected.size(table) : rows.get(table).size());
    }
    return counts;
  }
}
