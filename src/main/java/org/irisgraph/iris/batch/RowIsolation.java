package org.irisgraph.iris.batch;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.irisgraph.iris.spec.RejectedRow;
import org.irisgraph.jdbc.Dialect;
import org.irisgraph.jdbc.ErrorClass;
import org.irisgraph.jdbc.ErrorClassifier;
import org.irisgraph.jdbc.Row;
import org.irisgraph.jdbc.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * Stores the good rows of a batch and rejects the bad ones, inside one transaction.
 *
 * <p>The driver's list of failed rows is a hint: the other rows are tried first, without them. If
 * the hint does not help, the batch is halved. A row is rejected only if it fails alone. A failure
 * is undone with a savepoint; without savepoints, the transaction is rolled back and what had
 * succeeded is replayed.
 */
final class RowIsolation<T> {

  /** A step of the transaction that is repeated after a roll-back. */
  @FunctionalInterface
  interface Step {
    void run() throws SQLException;
  }

  private final List<TableStatement> statements;
  private final Connection connection;
  private final Dialect dialect;
  private final BatchMetrics.Counter counter;
  private final boolean rowByRow;
  private final List<Step> journal = new ArrayList<>();
  private final Map<Integer, List<Row>> stored = new LinkedHashMap<>();
  private final Map<PendingElement.PendingRow<T>, SQLException> doubtful = new LinkedHashMap<>();

  RowIsolation(
      List<TableStatement> statements,
      Dialect dialect,
      Connection connection,
      BatchMetrics.Counter counter,
      boolean rowByRow) {
    this.statements = statements;
    this.connection = connection;
    this.dialect = dialect;
    this.counter = counter;
    this.rowByRow = rowByRow;
  }

  /** The index of the outcome table, which is the last. */
  int outcomes() {
    return statements.size() - 1;
  }

  /** Records a step that precedes the rows, for databases without savepoints. */
  void journal(Step step) {
    journal.add(step);
  }

  /**
   * Stores the good rows and rejects the others.
   *
   * @return how many were stored
   * @throws SQLException if an error is not a row's fault: it is neither bad data nor unknown, or
   *     it is unknown and no row of the table succeeds
   */
  int store(int table, List<PendingElement.PendingRow<T>> rows)
      throws SQLException, StoreException.Stopped {
    int count = isolate(table, rows);
    if (count == 0 && !doubtful.isEmpty()) {
      throw doubtful.values().iterator().next();
    }
    List<PendingElement.PendingRow<T>> again = List.copyOf(doubtful.keySet());
    doubtful.clear();
    for (PendingElement.PendingRow<T> row : again) {
      // Other rows have succeeded since: try again, in case the error was temporary.
      count += isolate(table, List.of(row));
    }
    for (Map.Entry<PendingElement.PendingRow<T>, SQLException> entry : doubtful.entrySet()) {
      reject(entry.getKey(), entry.getValue());
    }
    doubtful.clear();
    return count;
  }

  private int isolate(int table, List<PendingElement.PendingRow<T>> rows)
      throws SQLException, StoreException.Stopped {
    if (rows.isEmpty()) {
      return 0;
    }
    if (rowByRow && rows.size() > 1) {
      int count = 0;
      for (PendingElement.PendingRow<T> row : rows) {
        count += isolate(table, List.of(row));
      }
      return count;
    }
    Savepoint savepoint = dialect.hasSavepoints() ? connection.setSavepoint() : null;
    try {
      execute(table, rows);
    } catch (SQLException | RuntimeException thrown) {
      SQLException e =
          thrown instanceof SQLException sql
              ? sql
              : new SQLException("the driver failed: " + thrown, thrown);
      ErrorClass errorClass = ErrorClassifier.of(dialect, e);
      if (errorClass != ErrorClass.BAD_DATA && !(rowByRow && errorClass == ErrorClass.UNKNOWN)) {
        throw e;
      }
      restore(savepoint);
      return divide(table, rows, e, errorClass);
    }
    if (savepoint != null) {
      connection.releaseSavepoint(savepoint);
    } else {
      stored
          .computeIfAbsent(table, ignored -> new ArrayList<>())
          .addAll(rows.stream().map(PendingElement.PendingRow::row).toList());
    }
    return rows.size();
  }

  private int divide(
      int table, List<PendingElement.PendingRow<T>> rows, SQLException e, ErrorClass errorClass)
      throws SQLException, StoreException.Stopped {
    if (rows.size() == 1) {
      if (errorClass == ErrorClass.UNKNOWN) {
        doubtful.put(rows.get(0), e);
      } else {
        reject(rows.get(0), e);
      }
      return 0;
    }
    Set<Integer> suspects = suspects(e, rows.size());
    if (suspects.isEmpty() || suspects.size() == rows.size()) {
      int half = rows.size() / 2;
      return isolate(table, rows.subList(0, half))
          + isolate(table, rows.subList(half, rows.size()));
    }
    List<PendingElement.PendingRow<T>> suspected = new ArrayList<>();
    List<PendingElement.PendingRow<T>> others = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      (suspects.contains(i) ? suspected : others).add(rows.get(i));
    }
    return isolate(table, others) + isolate(table, suspected);
  }

  /** The indexes of the rows that the driver reports as failed or does not report at all. */
  private static Set<Integer> suspects(SQLException e, int rows) {
    Set<Integer> suspects = new HashSet<>();
    if (e instanceof BatchUpdateException batch && batch.getUpdateCounts() != null) {
      int[] counts = batch.getUpdateCounts();
      for (int i = 0; i < rows; i++) {
        if (i >= counts.length || counts[i] == Statement.EXECUTE_FAILED) {
          suspects.add(i);
        }
      }
    }
    return suspects;
  }

  private void execute(int table, List<PendingElement.PendingRow<T>> rows) throws SQLException {
    counter.statement();
    TableStatement statement = statements.get(table);
    if (rows.size() == 1) {
      statement.executeSingly(connection, rows.get(0).row());
    } else {
      statement.execute(connection, rows.stream().map(PendingElement.PendingRow::row).toList());
    }
  }

  private void restore(@Nullable Savepoint savepoint) throws SQLException {
    if (savepoint != null) {
      connection.rollback(savepoint);
      return;
    }
    connection.rollback();
    for (Step step : journal) {
      step.run();
    }
    for (Map.Entry<Integer, List<Row>> ofTable : stored.entrySet()) {
      counter.statement();
      statements.get(ofTable.getKey()).execute(connection, ofTable.getValue());
    }
  }

  private void reject(PendingElement.PendingRow<T> row, SQLException e)
      throws StoreException.Stopped {
    DatabaseReason reason = DatabaseReason.of(dialect, e);
    row.reject(RejectedRow.Reason.DATABASE, reason.code(), reason.message());
  }
}
