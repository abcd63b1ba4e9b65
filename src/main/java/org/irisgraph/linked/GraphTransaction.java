package org.irisgraph.linked;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.irisgraph.graphrag.LinkedTables;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.LocalTransaction;
import org.irisgraph.jdbc.Row;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is right and corrects what is stored, in one transaction or, if that would change too
 * many rows, in several. Two processes never mix: each takes its turn by rows that it updates
 * first, so that the later one reads what the earlier one has seen or more. The workers of one
 * rebuild, which work on different nodes, share a turn: they read and correct at the same time, and
 * correct only if no other process has had its turn since. Therefore there are several such rows: a
 * process updates all of them to take its turn, a worker holds one while it corrects.
 */
final class GraphTransaction {

  private final String changes;
  private final int batchRows;
  private final Runnable stop;
  private final String self = UUID.randomUUID().toString();
  private final @Nullable String shared;

  /** The key of the row that is held while a part of the corrections is applied. */
  private final String turn;

  /**
   * For linking processes that take turns by rows of this table.
   *
   * @param stop is run before each transaction, and throws what ends the work
   */
  GraphTransaction(String changes, int batchRows, Runnable stop) {
    this(changes, batchRows, stop, null, 0);
  }

  /** For a worker that corrects a portion, in a turn that the rebuild has taken. */
  GraphTransaction(String changes, int batchRows, Runnable stop, GraphPortion portion) {
    this(changes, batchRows, stop, portion.turn(), portion.number());
  }

  private GraphTransaction(
      String changes, int batchRows, Runnable stop, @Nullable String shared, int number) {
    this.changes = changes;
    this.batchRows = batchRows;
    this.stop = stop;
    this.shared = shared;
    this.turn = LinkedTables.TURNS.get(number % LinkedTables.TURNS.size());
  }

  /** Takes a turn for several workers; returns what they know it by. */
  String share(Connection connection) throws SQLException {
    return LocalTransaction.run(
        connection,
        open -> {
          takeTurn(open);
          return self;
        });
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
      stop.run();
      Corrections corrections = LocalTransaction.run(connection, open -> reading.run());
      if (apply(connection, shared, corrections.all(), 0, done)) {
        return corrections.changes();
      }
    }
    while (true) {
      stop.run();
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
      String process,
      List<Correction> corrections,
      int firstPart,
      List<String> done)
      throws SQLException {
    for (int part = firstPart; part < parts(corrections); part++) {
      stop.run();
      int next = part;
      boolean applied =
          LocalTransaction.run(
              connection,
              open -> {
                if (!isStill(open, process)) {
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

  /** Adds the rows by which processes take turns, unless they are there. */
  static void addTurns(Connection connection, String changes) throws SQLException {
    for (String turn : missingTurns(connection, changes)) {
      try (PreparedStatement statement =
          connection.prepareStatement(
              "INSERT INTO %s (change_key, document_id) VALUES (?, ?)".formatted(changes))) {
        KeyedRows.bind(statement, turn, turn);
        statement.executeUpdate();
      } catch (SQLException e) {
        // Another process may have been first.
        if (missingTurns(connection, changes).contains(turn)) {
          throw e;
        }
      }
    }
  }

  private static List<String> missingTurns(Connection connection, String changes)
      throws SQLException {
    List<String> missing = new ArrayList<>(LinkedTables.TURNS);
    for (Row row :
        KeyedRows.select(
            connection, changes, List.of("change_key"), "change_key", LinkedTables.TURNS)) {
      missing.remove(row.text(0));
    }
    return missing;
  }

  /** In one order, so that no two processes wait for each other. */
  private void takeTurn(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "UPDATE %s SET document_id = ? WHERE change_key = ?".formatted(changes))) {
      for (String each : LinkedTables.TURNS) {
        KeyedRows.bind(statement, self, each);
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  /** Keeps other processes from their turn, unless one has had it since this process took its. */
  private boolean isStill(Connection connection, String process) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "UPDATE %s SET document_id = ? WHERE change_key = ? AND document_id = ?"
                .formatted(changes))) {
      KeyedRows.bind(statement, process, turn, process);
      return statement.executeUpdate() > 0;
    }
  }
}
