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
import java.util.function.Consumer;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.Row;

/** Reads and writes the outcome table in a batch's transaction: decides first, records last. */
final class BatchOutcomes<T> {

  private final OutcomeTable<T> outcomes;
  private final TableStatement upsert;
  private final Connection connection;
  private final BatchMetrics.Counter counter;
  private final Consumer<RowIsolation.Step> journal;

  /**
   * @param journal takes the steps that have to be repeated after a roll-back in the transaction
   */
  BatchOutcomes(
      OutcomeTable<T> outcomes,
      TableStatement upsert,
      Connection connection,
      BatchMetrics.Counter counter,
      Consumer<RowIsolation.Step> journal) {
    this.outcomes = outcomes;
    this.upsert = upsert;
    this.connection = connection;
    this.counter = counter;
    this.journal = journal;
  }

  /**
   * Decides about all elements.
   *
   * @return false if two of them claim the same row of the outcome table, so that the second can
   *     only be decided after the first is written
   * @throws SQLException a transient one, if another writer has changed a row that is claimed
   */
  boolean decide(TransactionBatch<T> batch) throws SQLException {
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

  /** Records the outcomes of all elements; {@code complete} if this is their last transaction. */
  void record(TransactionBatch<T> batch, long startNanos, boolean complete) throws SQLException {
    int key = outcomes.columns().indexOf(outcomes.key());
    Map<String, Row> rows = new LinkedHashMap<>();
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
          .ifPresent(row -> rows.put(row.text(key), row));
      element.decision().recorded().forEach(other -> rows.put(other.text(key), other));
      if (complete) {
        forgotten.addAll(element.decision().forgotten());
      }
    }
    forgotten.removeAll(rows.keySet());
    if (!forgotten.isEmpty()) {
      counter.statement();
      KeyedRows.delete(connection, outcomes.table(), outcomes.key(), forgotten);
    }
    if (rows.isEmpty()) {
      return;
    }
    List<Row> sorted = new ArrayList<>(rows.values());
    sorted.sort(Comparator.comparing(row -> row.text(key)));
    counter.statement();
    upsert.execute(connection, sorted);
  }
}
