package org.irisgraph.linked;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.irisgraph.graphrag.LinkedTables;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.LocalTransaction;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is right and corrects what is stored, in one transaction or, if that would change too
 * many rows, in several. Two processes never mix: each takes its turn by a row that it updates
 * first, so that the later one reads what the earlier one has seen or more. The threads of one
 * process that work on different nodes share a turn: they read at the same time, and correct only
 * if no other process has had its turn since.
 */
final class GraphTransaction {

  private final String changes;
  private final int batchRows;
  private final String self = UUID.randomUUID().toString();
  private final @Nullable String shared;

  GraphTransaction(String changes, int batchRows) {
    this(changes, batchRows, null);
  }

  private GraphTransaction(String changes, int batchRows, @Nullable String shared) {
    this.changes = changes;
    this.batchRows = batchRows;
    this.shared = shared;
  }

  /** Takes a turn for several threads, each of which uses one of the transactions. */
  List<GraphTransaction> share(Connection connection, int threads) throws SQLException {
    LocalTransaction.run(
        connection,
        open -> {
          takeTurn(open);
          return self;
        });
    return Stream.generate(() -> new GraphTransaction(changes, batchRows, self))
        .limit(threads)
        .toList();
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
    if (shared != null) {
      Corrections corrections = LocalTransaction.run(connection, open -> reading.run());
      if (apply(connection, shared, corrections.all(), 0, done)) {
        return corrections.changes();
      }
    }
    while (true) {
      Corrections corrections =
          LocalTransaction.run(
              connection,
              open -> {
                takeTurn(open);
                Corrections found = reading.run();
                applyPart(open, found.all(), 0, done);
                return found;
              });
      if (apply(connection, self, corrections.all(), 1, done)) {
        return corrections.changes();
      }
    }
  }

  /** Applies the parts from one on; false if another process has had its turn meanwhile. */
  private boolean apply(
      Connection connection,
      String turn,
      List<Correction> corrections,
      int firstPart,
      List<String> done)
      throws SQLException {
    for (int part = firstPart; part < parts(corrections); part++) {
      int next = part;
      boolean applied =
          LocalTransaction.run(
              connection,
              open -> {
                if (update(open, " AND document_id = ?", turn, LinkedTables.TURN, turn) == 0) {
                  return false;
                }
                applyPart(open, corrections, next, done);
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

  private void applyPart(
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

  /** Adds the row by which processes take turns, unless it is there. */
  static void addTurn(Connection connection, String changes) throws SQLException {
    if (hasTurn(connection, changes)) {
      return;
    }
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO %s (change_key, document_id) VALUES (?, ?)".formatted(changes))) {
      KeyedRows.bind(statement, LinkedTables.TURN, LinkedTables.TURN);
      statement.executeUpdate();
    } catch (SQLException e) {
      // Another process may have been first.
      if (!hasTurn(connection, changes)) {
        throw e;
      }
    }
  }

  private static boolean hasTurn(Connection connection, String changes) throws SQLException {
    return !KeyedRows.select(
            connection, changes, List.of("change_key"), "change_key", List.of(LinkedTables.TURN))
        .isEmpty();
  }

  private void takeTurn(Connection connection) throws SQLException {
    update(connection, "", self, LinkedTables.TURN);
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
