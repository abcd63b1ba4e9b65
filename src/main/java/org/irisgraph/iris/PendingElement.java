package org.irisgraph.iris;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.irisgraph.jdbc.Row;

/** An element on its way into the tables, with our own copy of its rows. */
final class PendingElement<T> {

  /** A row of an element, with its key as text. */
  record PendingRow<T>(PendingElement<T> element, int table, Row row, String id) {}

  /** Between the columns of a composite key: no text column of a key contains it. */
  private static final String KEY_SEPARATOR = "\0";

  private final T element;
  private final String key;
  private final List<String> tables = new ArrayList<>();
  private final List<Map<String, PendingRow<T>>> rowsById = new ArrayList<>();
  private final List<List<PendingRow<T>>> rows = new ArrayList<>();
  private final List<RejectedRow> rejected = new ArrayList<>();
  private final List<Map<String, RejectedRow>> rejectedById = new ArrayList<>();
  private WriteDecision decision = WriteDecision.write();
  private List<Row> found = List.of();
  private final boolean isItsFirstRow;
  private boolean whollyRejected;
  private int verdictsKept;
  private boolean whollyRejectedKept;

  /** Binds the rows of an element; of two rows with one key the last counts. */
  PendingElement(T element, WritePlan<T> plan) {
    this.element = element;
    this.key = plan.elementKey().apply(element);
    this.isItsFirstRow = !plan.tables().get(0).partsOnly();
    for (int table = 0; table < plan.tables().size(); table++) {
      TableWrite<T> write = plan.tables().get(table);
      List<Row> made = write.rows().apply(element);
      int[] keyColumns = write.key().stream().mapToInt(write.columns()::indexOf).toArray();
      Map<String, PendingRow<T>> byId = new LinkedHashMap<>(2 * made.size());
      for (Row row : made) {
        if (row.size() != write.columns().size()) {
          throw new IllegalArgumentException(
              "element %s: a row for %s has %d values, and the table is written with %d columns"
                  .formatted(key, write.table(), row.size(), write.columns().size()));
        }
        String id = id(row, keyColumns);
        byId.put(id, new PendingRow<>(this, table, row, id));
      }
      tables.add(write.table());
      rowsById.add(byId);
      rows.add(List.copyOf(byId.values()));
      rejectedById.add(new HashMap<>());
    }
  }

  private static String id(Row row, int[] keyColumns) {
    if (keyColumns.length == 1) {
      return String.valueOf(row.get(keyColumns[0]));
    }
    List<String> values = new ArrayList<>();
    for (int column : keyColumns) {
      values.add(String.valueOf(row.get(column)));
    }
    return String.join(KEY_SEPARATOR, values);
  }

  T element() {
    return element;
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

  /** All rows in a table, the rejected among them. */
  List<PendingRow<T>> rows(int table) {
    return rows.get(table);
  }

  int rowCount(int table) {
    return rows.get(table).size();
  }

  /** Whether anything of it is to be stored. */
  boolean isStored() {
    return !whollyRejected && decision.action() != WriteDecision.Action.REFUSE;
  }

  boolean isWhollyRejected() {
    return whollyRejected;
  }

  /** Whether one of its rows is to be stored. */
  boolean isStored(PendingRow<T> row) {
    return isStored() && !rejectedById.get(row.table()).containsKey(row.id());
  }

  /** Whether it has a row with this key, and that is to be stored. */
  boolean isStored(int table, String id) {
    return isStored()
        && rowsById.get(table).containsKey(id)
        && !rejectedById.get(table).containsKey(id);
  }

  RejectedRow rejection(int table, String id) {
    return rejectedById.get(table).get(id);
  }

  /** Takes a row out; an element whose only row in the first table is out goes with it. */
  void reject(
      PendingRow<T> row, RejectedRow.Reason reason, String code, String message, OnBadRow policy) {
    RejectedRow rejection =
        new RejectedRow(
            key,
            tables.get(row.table()),
            row.id().replace(KEY_SEPARATOR, ","),
            reason,
            code,
            message);
    if (rejectedById.get(row.table()).putIfAbsent(row.id(), rejection) == null) {
      rejected.add(rejection);
    }
    if (policy == OnBadRow.REJECT_DOCUMENT
        || (isItsFirstRow && row.table() == 0 && rowCount(0) == 1)) {
      whollyRejected = true;
    }
  }

  /** How many of its rows were rejected up to now. */
  int rejectedCount() {
    return rejected.size();
  }

  /** What was found up to now holds, whatever becomes of the next attempt. */
  void keepVerdicts() {
    verdictsKept = rejected.size();
    whollyRejectedKept = whollyRejected;
  }

  /** An attempt failed: what it found of the rows may be the fault of what made it fail. */
  void dropVerdicts() {
    List<RejectedRow> dropped = rejected.subList(verdictsKept, rejected.size());
    for (RejectedRow row : dropped) {
      rejectedById.get(tables.indexOf(row.table())).values().remove(row);
    }
    dropped.clear();
    whollyRejected = whollyRejectedKept;
  }

  /** Whether most of it is not stored, though it was to be. */
  boolean isMostlyRejected() {
    int all = rows.stream().mapToInt(List::size).sum();
    return decision.action() != WriteDecision.Action.REFUSE
        && (whollyRejected || 2 * rejected.size() > all);
  }

  /** The rejected rows, and the reason of the outcome table if it refused the element. */
  List<RejectedRow> rejected() {
    if (decision.action() == WriteDecision.Action.REFUSE) {
      return List.of(
          new RejectedRow(
              key, "", key, RejectedRow.Reason.VALIDATION, decision.code(), decision.message()));
    }
    return List.copyOf(rejected);
  }

  Map<String, Integer> committedRows() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (int table = 0; table < rows.size(); table++) {
      counts.put(
          tables.get(table),
          isStored() ? rows.get(table).size() - rejectedById.get(table).size() : 0);
    }
    return counts;
  }

  Map<String, Integer> rejectedRows() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    Map<String, Integer> committed = committedRows();
    for (int table = 0; table < rows.size(); table++) {
      counts.put(tables.get(table), rows.get(table).size() - committed.get(tables.get(table)));
    }
    return counts;
  }
}
