package org.irisgraph.iris;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One attempt at one unit, up to its commit: look up and decide, delete what is no longer there,
 * store the rows table by table, record the outcomes.
 */
final class UnitTransaction<T> {

  /** How an attempt ended. */
  enum End {
    /** To be committed; the unit is complete. */
    DONE,
    /** To be committed; there is more to delete, in a further transaction. */
    MORE,
    /** To be rolled back and begun again, since something was rejected that was counted on. */
    AGAIN,
    /** To be rolled back, and its elements to be written one after the other. */
    ONE_BY_ONE
  }

  private final BatchWriter<T> writer;
  private final WritePlan<T> plan;
  private final Connection connection;
  private final BatchMetrics.Counter counter;
  private final RowIsolation<T> isolation;
  private final boolean rowByRow;
  private int rowsStored;

  UnitTransaction(
      BatchWriter<T> writer,
      WritePlan<T> plan,
      Connection connection,
      Dialect dialect,
      BatchMetrics.Counter counter,
      boolean isolate,
      boolean rowByRow) {
    this.writer = writer;
    this.plan = plan;
    this.connection = connection;
    this.counter = counter;
    this.rowByRow = rowByRow;
    this.isolation =
        isolate ? new RowIsolation<>(writer, connection, dialect, counter, rowByRow) : null;
  }

  int rowsStored() {
    return rowsStored;
  }

  End run(WriteUnit<T> unit, long startNanos) throws SQLException, StoreException {
    if (unit.first() && plan.outcomes() != null && !decide(unit)) {
      return End.ONE_BY_ONE;
    }
    boolean more = false;
    if (unit.last()) {
      more = deleteStaleRows(unit);
      journal(() -> deleteStaleRows(unit));
    }
    for (int table = 0; table < plan.tables().size(); table++) {
      int rejectedBefore = undermining(unit);
      List<PendingElement.PendingRow<T>> rows = storable(unit, table);
      if (undermining(unit) > rejectedBefore) {
        return End.AGAIN;
      }
      rowsStored += store(table, rows);
      if (undermining(unit) > rejectedBefore) {
        return End.AGAIN;
      }
    }
    if (plan.outcomes() != null && !more && (unit.first() || unit.last())) {
      recordOutcomes(unit, startNanos);
    }
    return more ? End.MORE : End.DONE;
  }

  /** Deletes what elements no longer have; of a large one no more than a transaction may hold. */
  private boolean deleteStaleRows(WriteUnit<T> unit) throws SQLException {
    boolean partOfLarge = !unit.first();
    List<PendingElement<T>> candidates =
        unit.elements().stream()
            .filter(element -> element.decision().action() != Decision.Action.REFUSE)
            .filter(
                element -> partOfLarge || element.decision().action() == Decision.Action.REPLACE)
            .toList();
    return new StaleRows<>(writer, plan, connection, counter)
        .delete(candidates, partOfLarge ? plan.batchRows() : Integer.MAX_VALUE);
  }

  private void journal(RowIsolation.Step step) {
    if (isolation != null) {
      isolation.journal(step);
    }
  }

  /**
   * How many rejections undo what this attempt has done: of a whole element, and of a row whose
   * earlier version was kept because it was to be replaced.
   */
  private int undermining(WriteUnit<T> unit) {
    int count = 0;
    for (PendingElement<T> element : unit.elements()) {
      count += element.isWhollyRejected() ? 1 : 0;
      if (element.decision().action() == Decision.Action.REPLACE) {
        count += element.rejectedCount();
      }
    }
    return count;
  }

  /** The rows of a table that may be stored, sorted by key so that no two writers deadlock. */
  private List<PendingElement.PendingRow<T>> storable(WriteUnit<T> unit, int table)
      throws StoreException.Stopped {
    Map<String, PendingElement.PendingRow<T>> byId = new LinkedHashMap<>();
    for (PendingElement.PendingRow<T> row : unit.rows().get(table)) {
      if (row.element().isStored(table, row.id()) && !rejectDangling(row)) {
        byId.put(row.id(), row);
      }
    }
    List<PendingElement.PendingRow<T>> sorted = new ArrayList<>(byId.values());
    sorted.sort(Comparator.comparing(PendingElement.PendingRow::id));
    return sorted;
  }

  /** Rejects a row that refers to a row that is not stored. */
  private boolean rejectDangling(PendingElement.PendingRow<T> row) throws StoreException.Stopped {
    TableWrite<T> write = plan.tables().get(row.table());
    for (TableWrite.Reference reference : write.references()) {
      int other = tableNamed(reference.table());
      Object target = row.row().get(write.columns().indexOf(reference.column()));
      if (target != null && !row.element().isStored(other, String.valueOf(target))) {
        RejectedRow cause = row.element().rejection(other, String.valueOf(target));
        writer.reject(
            row,
            RejectedRow.Reason.REFERENCE,
            "REFERENCE",
            cause == null
                ? "%s refers to %s, which the element does not have in %s"
                    .formatted(reference.column(), target, reference.table())
                : "%s refers to %s, which was rejected: %s %s"
                    .formatted(reference.column(), target, cause.code(), cause.message()));
        return true;
      }
    }
    return false;
  }

  private int tableNamed(String table) {
    for (int i = 0; i < plan.tables().size(); i++) {
      if (plan.tables().get(i).table().equals(table)) {
        return i;
      }
    }
    throw new IllegalArgumentException("no table " + table + " is written");
  }

  private int store(int table, List<PendingElement.PendingRow<T>> rows)
      throws SQLException, StoreException {
    if (rows.isEmpty()) {
      return 0;
    }
    if (isolation != null) {
      return isolation.store(table, rows);
    }
    TableStatement statement = writer.statement(table);
    if (rowByRow) {
      for (PendingElement.PendingRow<T> row : rows) {
        counter.statement();
        statement.executeSingly(connection, row.row());
      }
    } else {
      counter.statement();
      statement.execute(connection, rows.stream().map(PendingElement.PendingRow::row).toList());
    }
    return rows.size();
  }

  /**
   * Decides of all elements.
   *
   * @return false if two of them claim one row of the outcome table, so that the second can only be
   *     decided once the first is written
   * @throws SQLException transient, if somebody else has changed a row that is claimed
   */
  private boolean decide(WriteUnit<T> unit) throws SQLException {
    OutcomeTable<T> outcomes = plan.outcomes();
    Map<String, Set<String>> lookUps = new LinkedHashMap<>();
    for (PendingElement<T> element : unit.elements()) {
      outcomes
          .lookUps(element.element())
          .forEach(
              (column, values) ->
                  lookUps.computeIfAbsent(column, ignored -> new LinkedHashSet<>()).addAll(values));
    }
    Map<String, List<Row>> found = new HashMap<>();
    Set<String> claimed = new HashSet<>();
    for (Map.Entry<String, Set<String>> lookUp : lookUps.entrySet()) {
      int column = outcomes.columns().indexOf(lookUp.getKey());
      for (Row row :
          KeyedRows.select(
              connection,
              outcomes.table(),
              outcomes.columns(),
              lookUp.getKey(),
              lookUp.getValue())) {
        found
            .computeIfAbsent(lookUp.getKey() + '\0' + row.get(column), ignored -> new ArrayList<>())
            .add(row);
      }
    }
    for (PendingElement<T> element : unit.elements()) {
      Set<Row> ofElement = new LinkedHashSet<>();
      outcomes
          .lookUps(element.element())
          .forEach(
              (column, values) ->
                  values.forEach(
                      value ->
                          ofElement.addAll(found.getOrDefault(column + '\0' + value, List.of()))));
      element.decide(outcomes.decide(element.element(), List.copyOf(ofElement)));
      for (Decision.Claim claim : element.decision().claims()) {
        if (!claimed.add(claim.key())) {
          return false;
        }
        claim(claim);
        journal(() -> claim(claim));
      }
    }
    return true;
  }

  private void claim(Decision.Claim claim) throws SQLException {
    OutcomeTable<T> outcomes = plan.outcomes();
    counter.statement();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "UPDATE %s SET %s = ? WHERE %s = ? AND %s = ?"
                .formatted(outcomes.table(), claim.column(), outcomes.key(), claim.column()))) {
      statement.setString(1, claim.replacement());
      statement.setString(2, claim.key());
      statement.setString(3, claim.expected());
      if (statement.executeUpdate() != 1) {
        throw new SQLTransientException(
            "another writer has changed the row %s of %s".formatted(claim.key(), outcomes.table()),
            "40001");
      }
    }
  }

  private void recordOutcomes(WriteUnit<T> unit, long startNanos) throws SQLException {
    OutcomeTable<T> outcomes = plan.outcomes();
    int key = outcomes.columns().indexOf(outcomes.key());
    Map<String, Row> rows = new LinkedHashMap<>();
    Set<String> forgotten = new LinkedHashSet<>();
    double share = (System.nanoTime() - startNanos) / 1e6 / unit.elements().size();
    for (PendingElement<T> element : unit.elements()) {
      OutcomeTable.State state =
          !element.isStored()
              ? OutcomeTable.State.REJECTED
              : unit.last() ? OutcomeTable.State.STORED : OutcomeTable.State.INCOMPLETE;
      Row row =
          outcomes.row(
              element.element(),
              new OutcomeTable.Result(
                  state,
                  element.decision(),
                  element.rejected(),
                  element.committedRows(),
                  element.rejectedRows(),
                  share));
      rows.put((String) row.get(key), row);
      element.decision().recorded().forEach(other -> rows.put((String) other.get(key), other));
      forgotten.addAll(element.decision().forgotten());
    }
    forgotten.removeAll(rows.keySet());
    if (!forgotten.isEmpty()) {
      counter.statement();
      KeyedRows.delete(connection, outcomes.table(), outcomes.key(), forgotten);
    }
    List<Row> sorted = new ArrayList<>(rows.values());
    sorted.sort(Comparator.comparing(row -> (String) row.get(key)));
    counter.statement();
    writer.outcomeStatement().execute(connection, sorted);
  }
}
