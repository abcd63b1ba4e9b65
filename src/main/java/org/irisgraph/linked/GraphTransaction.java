package org.irisgraph.linked;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.irisgraph.graphrag.LinkedTables;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.LocalTransaction;

/**
 * Reads what is right and corrects what is stored, in one transaction or, if that would change too
 * many rows, in several. Transactions of two processes never mix: each takes its turn by a row that
 * all of them update first, so that the later one reads what the earlier one has seen or more.
 */
final class GraphTransaction {

  private final String changes;
  private final int batchRows;
  private final String self = UUID.randomUUID().toString();

  GraphTransaction(String changes, int batchRows) {
    this.changes = changes;
    this.batchRows = batchRows;
  }

  /** Reads what is right and what is stored. */
  @FunctionalInterface
  interface Reading {
    Corrections run() throws SQLException;
  }

  /**
   * Corrects what is stored.
   *
   * @param done keys of the changes that are processed with it
   */
  CorrectedRows run(Connection connection, Reading reading, List<String> done) throws SQLException {
    while (true) {
      Corrections corrections =
          LocalTransaction.run(
              connection,
              open -> {
                takeTurn(open);
                Corrections found = reading.run();
                apply(open, found.all(), 0, done);
                return found;
              });
      if (applyRest(connection, corrections.all(), done)) {
        return corrections.changes();
      }
    }
  }

  /** Applies what exceeds one transaction; false if another process has had its turn meanwhile. */
  private boolean applyRest(Connection connection, List<Correction> corrections, List<String> done)
      throws SQLException {
    for (int part = 1; part < parts(corrections); part++) {
      int next = part;
      boolean applied =
          LocalTransaction.run(
              connection,
              open -> {
                if (update(open, " AND document_id = ?", self, LinkedTables.TURN, self) == 0) {
                  return false;
                }
                apply(open, corrections, next, done);
                return true;
              });
      if (!applied) {
        return false;
      }
    }
    return true;
  }

  private int parts(List<Correction> corrections) {
    int most = corrections.stream().mapToInt(Correction::size).max().orElse(0);
    return Math.max(1, (most + batchRows - 1) / batchRows);
  }

  private void apply(
      Connection connection, List<Correction> corrections, int part, List<String> done)
      throws SQLException {
    for (Correction correction : corrections) {
      int from = Math.min(part * batchRows, correction.size());
      correction.part(from, Math.min(from + batchRows, correction.size())).apply(connection);
    }
    if (part == parts(corrections) - 1) {
      KeyedRows.delete(connection, changes, "change_key", done);
    }
  }

  private void takeTurn(Connection connection) throws SQLException {
    if (update(connection, "", self, LinkedTables.TURN) == 0) {
      try (PreparedStatement statement =
          connection.prepareStatement(
              "INSERT INTO %s (change_key, document_id) VALUES (?, ?)".formatted(changes))) {
        KeyedRows.bind(statement, LinkedTables.TURN, self);
        statement.executeUpdate();
      }
    }
  }

  private int update(Connection connection, String condition, String... parameters)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "UPDATE %s SET document_id = ? WHERE change_key = ?%s".formatted(changes, condition))) {
      KeyedRows.bind(statement, (Object[]) parameters);
      return statement.executeUpdate();
    }
  }
}
