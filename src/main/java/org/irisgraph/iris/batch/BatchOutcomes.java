package org.irisgraph.iris.batch;

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
import java.util.function.Consumer;
import org.irisgraph.iris.spec.OutcomeTable;
import org.irisgraph.iris.spec.RejectedRow;
import org.irisgraph.iris.spec.RowRule;
import org.irisgraph.iris.spec.WriteDecision;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.Row;
import org.irisgraph.jdbc.StoreException;
import org.jspecify.annotations.Nullable;

/** Reads and writes the outcome table in a batch's transaction: decides first, records last. */
final class BatchOutcomes<T> {

  private final OutcomeTable<T> outcomes;
  private final TableStatement upsert;
  private final Connection connection;
  private final BatchMetrics.Counter counter;
  private final @Nullable RowIsolation<T> isolation;
  private final Consumer<RowIsolation.Step> journal;

  /**
   * @param isolation finds the rows that the table refuses, null if none is expected
   * @param journal takes the steps that have to be repeated after a roll-back in the transaction
   */
  BatchOutcomes(
      OutcomeTable<T> outcomes,
      TableStatement upsert,
      Connection connection,
      BatchMetrics.Counter counter,
      @Nullable RowIsolation<T> isolation,
      Consumer<RowIsolation.Step> journal) {
    this.outcomes = outcomes;
    this.upsert = upsert;
    this.connection = connection;
    this.counter = counter;
    this.isolation = isolation;
    this.journal = journal;
  }

  /**
   * Decides about all elements.
   *
   * @param maxRows how many rows of the outcome table the transaction may change
   * @return false if the batch has to be divided: if two elements claim the same row, so that the
   *     second can only be decided after the first is written, or if their outcomes are too many
   *     rows
   * @throws SQLException a transient one, if another writer has changed a row that is claimed
   */
  boolean decide(TransactionBatch<T> batch, int maxRows) throws SQLException {
    Map<String, Set<String>> lookUps = new LinkedHashMap<>();
    for (PendingElement<T> element : batch.elements()) {
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
    int changed = 0;
    for (PendingElement<T> element : batch.elements()) {
      Set<Row> ofElement = new LinkedHashSet<>();
      outcomes
          .lookUps(element.element())
          .forEach(
              (column, values) ->
                  values.forEach(
                      value ->
                          ofElement.addAll(found.getOrDefault(column + '\0' + value, List.of()))));
      List<Row> rows = List.copyOf(ofElement);
      element.decide(outcomes.decide(element.element(), rows), rows);
      // An element's claims are on the row that records it.
      changed += 1 + element.decision().recorded().size() + element.decision().forgotten().size();
      if (changed > maxRows && batch.elements().size() > 1) {
        return false;
      }
      for (WriteDecision.Claim claim : element.decision().claims()) {
        if (!claimed.add(claim.key())) {
          return false;
        }
        claim(claim);
        journal.accept(() -> claim(claim));
      }
    }
    return true;
  }

  private void claim(WriteDecision.Claim claim) throws SQLException {
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

  /**
   * Records the outcomes of all elements; {@code complete} if this is their last transaction.
   *
   * @return false if the table refuses the row of an element, which is refused then: the
   *     transaction has to be run again without its rows
   */
  boolean record(TransactionBatch<T> batch, long startNanos, boolean complete)
      throws SQLException, StoreException.Stopped {
    int key = outcomes.columns().indexOf(outcomes.key());
    Map<String, PendingElement.PendingRow<T>> rows = new LinkedHashMap<>();
    Set<String> forgotten = new LinkedHashSet<>();
    double share = (System.nanoTime() - startNanos) / 1e6 / batch.elements().size();
    for (PendingElement<T> element : batch.elements()) {
      OutcomeTable.State state =
          !element.isStored()
              ? OutcomeTable.State.REJECTED
              : complete ? OutcomeTable.State.STORED : OutcomeTable.State.INCOMPLETE;
      outcomes
          .row(
              element.element(),
              element.found(),
              new OutcomeTable.Result(
                  state,
                  element.decision(),
                  element.rejected(),
                  element.committedRows(),
                  element.rejectedRows(),
                  share))
          .ifPresent(row -> put(rows, element, row, key));
      element.decision().recorded().forEach(other -> put(rows, element, other, key));
      if (complete) {
        forgotten.addAll(element.decision().forgotten());
      }
    }
    forgotten.removeAll(rows.keySet());
    if (!forgotten.isEmpty()) {
      forget(forgotten);
      journal.accept(() -> forget(forgotten));
    }
    List<PendingElement.PendingRow<T>> sorted = new ArrayList<>(rows.values());
    sorted.sort(Comparator.comparing(PendingElement.PendingRow::id));
    return !refuseUnfit(sorted) && store(sorted);
  }

  private static <T> void put(
      Map<String, PendingElement.PendingRow<T>> rows, PendingElement<T> element, Row row, int key) {
    PendingElement.PendingRow<T> pending = element.outcomeRow(row, row.text(key));
    rows.put(pending.row().text(key), pending);
  }

  private void forget(Set<String> keys) throws SQLException {
    counter.statement();
    KeyedRows.delete(connection, outcomes.table(), outcomes.key(), keys);
  }

  /** Refuses the elements whose rows have a value that a column forbids. */
  private boolean refuseUnfit(List<PendingElement.PendingRow<T>> rows)
      throws StoreException.Stopped {
    boolean refused = false;
    for (PendingElement.PendingRow<T> row : rows) {
      RowRule.Violation violation = upsert.check(row.row(), Integer.MAX_VALUE).orElse(null);
      if (violation != null) {
        row.reject(RejectedRow.Reason.VALIDATION, violation.code(), violation.message());
        refused = true;
      }
    }
    return refused;
  }

  private boolean store(List<PendingElement.PendingRow<T>> rows)
      throws SQLException, StoreException.Stopped {
    if (rows.isEmpty()) {
      return true;
    }
    if (isolation != null) {
      return isolation.store(isolation.outcomes(), rows) == rows.size();
    }
    counter.statement();
    upsert.execute(connection, rows.stream().map(PendingElement.PendingRow::row).toList());
    return true;
  }
}
