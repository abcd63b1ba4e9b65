package org.irisgraph.iris.wire;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;

/** Runs a statement once per row, and treats a bad row as configured. */
final class BatchExecution {
  private final Connection connection;
  private final BadRow onBadRow;
  private final RowExecution execution;

  /** Runs a statement for one row, and gives its update count. */
  @FunctionalInterface
  interface RowExecution {
    int execute(WireStatement statement, List<Object> row) throws SQLException;
  }

  BatchExecution(Connection connection, BadRow onBadRow, RowExecution execution) {
    this.connection = connection;
    this.onBadRow = onBadRow;
    this.execution = execution;
  }

  /**
   * An error that is no row's fault, such as a lock conflict, refuses the batch in every mode (a
   * choice).
   */
  BatchOutcome execute(WireStatement statement, List<List<Object>> rows) throws SQLException {
    return onBadRow == BadRow.REFUSE_BATCH
        ? allOrNothing(statement, rows)
        : oneByOne(statement, rows);
  }

  private BatchOutcome oneByOne(WireStatement statement, List<List<Object>> rows) {
    List<Integer> counts = new ArrayList<>();
    int code = 0;
    String message = "";
    for (List<Object> row : rows) {
      if (code != 0 && onBadRow == BadRow.STOP_AT_FIRST) {
        counts.add(BatchOutcome.FAILED);
        continue;
      }
      try {
        counts.add(execution.execute(statement, row));
      } catch (SQLException e) {
        int rowCode = SqlCode.of(e, statement.sql());
        if (!SqlCode.isBadRow(rowCode, SqlCode.message(e))) {
          return BatchOutcome.refused(rowCode, SqlCode.message(e));
        }
        counts.add(BatchOutcome.FAILED);
        if (code == 0) {
          code = rowCode;
          message = SqlCode.message(e);
        }
      }
    }
    return new BatchOutcome(counts, code, message, false);
  }

  private BatchOutcome allOrNothing(WireStatement statement, List<List<Object>> rows)
      throws SQLException {
    boolean autoCommit = connection.getAutoCommit();
    connection.setAutoCommit(false);
    Savepoint before = connection.setSavepoint();
    try {
      List<Integer> counts = new ArrayList<>();
      for (List<Object> row : rows) {
        counts.add(execution.execute(statement, row));
      }
      return BatchOutcome.stored(counts);
    } catch (SQLException e) {
      rollBack(before);
      return BatchOutcome.refused(SqlCode.of(e, statement.sql()), SqlCode.message(e));
    } finally {
      connection.setAutoCommit(autoCommit);
    }
  }

  private void rollBack(Savepoint savepoint) throws SQLException {
    try {
      connection.rollback(savepoint);
    } catch (SQLException e) {
      // After a deadlock H2 has rolled back everything, the savepoint included.
      connection.rollback();
    }
  }
}
