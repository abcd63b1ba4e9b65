package org.irisgraph.graphrag;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.irisgraph.iris.KeyedRows;

/**
 * What can be said of sources only once all of them have been read: run at the end of a run whose
 * flow succeeded. It depends on the ledger alone, so that it may be repeated.
 */
public final class LedgerReview {

  private static final int UPDATES_PER_TRANSACTION = 1000;

  private final LedgerSettings settings;

  /** Reviews the ledger of a run. */
  public LedgerReview(LedgerSettings settings) {
    this.settings = settings;
  }

  /**
   * Brings the ledger in line with what the run saw.
   *
   * <ul>
   *   <li>A document of a source that could be read no further, at a place that was not reached,
   *       keeps its last good version and is stale.
   *   <li>A place that failed in an earlier run, of a source that was read now, and that did not
   *       fail again, is forgotten.
   * </ul>
   *
   * @param connection with auto-commit on, as it is left
   * @param endsReading the codes of the failures after which a source is not read any further
   */
  public void review(Connection connection, Set<String> endsReading) throws SQLException {
    connection.setAutoCommit(false);
    try {
      markUnreached(connection, brokenSources(connection, endsReading));
      forgetSolved(connection);
      connection.commit();
    } catch (SQLException | RuntimeException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  /**
   * A source that could not be read to its end.
   *
   * @param position from where on it was not read
   * @param placeKey the ledger key of the failure, if it has a row of its own for the whole source
   */
  private record BrokenSource(long position, Reasons.Reason reason, String placeKey) {}

  private Map<String, BrokenSource> brokenSources(Connection connection, Set<String> endsReading)
      throws SQLException {
    Map<String, BrokenSource> broken = new TreeMap<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT source, source_position, reasons, ledger_key, stale FROM "
                + settings.table()
                + " WHERE seen_run_id = ? AND (stale = 1"
                + " OR (outcome = 'rejected' AND ledger_key = place_key))")) {
      KeyedRows.bind(statement, settings.runId());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          long position = rows.getLong(2);
          List<Reasons.Reason> reasons = Reasons.parse(rows.getString(3));
          boolean ofPlace = rows.getInt(5) == 0;
          if (!reasons.isEmpty()
              && reasons.get(0).stage().equals("read")
              && (position == 0 || endsReading.contains(reasons.get(0).code()))) {
            broken.merge(
                rows.getString(1),
                new BrokenSource(
                    position, reasons.get(0), ofPlace && position == 0 ? rows.getString(4) : null),
                (a, b) -> a.position() <= b.position() ? a : b);
          }
        }
      }
    }
    return broken;
  }

  private record Unreached(String ledgerKey, String seenRunId, String reasons, String placeKey) {}

  private void markUnreached(Connection connection, Map<String, BrokenSource> broken)
      throws SQLException {
    List<Unreached> all = unreached(connection, broken);
    Set<String> explained = new TreeSet<>();
    for (int start = 0; start < all.size(); start += UPDATES_PER_TRANSACTION) {
      List<Unreached> some =
          all.subList(start, Math.min(all.size(), start + UPDATES_PER_TRANSACTION));
      try (PreparedStatement statement =
          connection.prepareStatement(
              "UPDATE "
                  + settings.table()
                  + " SET stale = 1, reasons = ?, seen_run_id = ?, seen_at = ?"
                  + " WHERE ledger_key = ? AND seen_run_id = ?")) {
        Timestamp now = new Timestamp(System.currentTimeMillis());
        for (Unreached document : some) {
          KeyedRows.bind(
              statement,
              document.reasons(),
              settings.runId(),
              now,
              document.ledgerKey(),
              document.seenRunId());
          statement.addBatch();
          if (document.placeKey() != null) {
            explained.add(document.placeKey());
          }
        }
        statement.executeBatch();
      }
      connection.commit();
    }
    // The documents name the failure of their source: a row for the source would count it again.
    if (!explained.isEmpty()) {
      KeyedRows.delete(connection, settings.table(), "ledger_key", explained);
    }
  }

  private List<Unreached> unreached(Connection connection, Map<String, BrokenSource> broken)
      throws SQLException {
    List<Unreached> unreached = new ArrayList<>();
    if (broken.isEmpty()) {
      return unreached;
    }
    Map<String, String> reasonsOfSource = new HashMap<>();
    broken.forEach(
        (source, failure) ->
            reasonsOfSource.put(source, Reasons.toJson(List.of(failure.reason()))));
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT ledger_key, source, source_position, seen_run_id FROM "
                + settings.table()
                + " WHERE pipeline = ? AND seen_run_id <> ? AND outcome <> 'rejected'")) {
      KeyedRows.bind(statement, settings.pipeline(), settings.runId());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          String source = rows.getString(2);
          BrokenSource failure = broken.get(source);
          if (failure != null && rows.getLong(3) >= failure.position()) {
            unreached.add(
                new Unreached(
                    rows.getString(1),
                    rows.getString(4),
                    reasonsOfSource.get(source),
                    failure.placeKey()));
          }
        }
      }
    }
    return unreached;
  }

  private void forgetSolved(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "DELETE FROM %1$s WHERE pipeline = ? AND seen_run_id <> ? AND outcome = 'rejected'"
                    .formatted(settings.table())
                + " AND ledger_key = place_key AND source IN"
                + " (SELECT source FROM %1$s WHERE seen_run_id = ?)".formatted(settings.table()))) {
      KeyedRows.bind(statement, settings.pipeline(), settings.runId(), settings.runId());
      statement.executeUpdate();
    }
  }
}
