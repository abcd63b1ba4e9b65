package org.irisgraph.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.irisgraph.document.SourceFile;
import org.irisgraph.jdbc.KeyedRows;

/**
 * The last state in which a run has seen each source with failures; a source may change while it is
 * watched.
 */
final class SourceStates {

  /** The fetch size; PostgreSQL's driver would otherwise fetch all rows at once. */
  static final int ROWS_AT_ONCE = 1000;

  private final Map<String, Timestamp> last;

  private SourceStates(Map<String, Timestamp> last) {
    this.last = last;
  }

  /** For a run that reads each source in one state. */
  static SourceStates unchanging() {
    return new SourceStates(Map.of());
  }

  /** Reads the states from the ledger of a run. */
  static SourceStates read(Connection connection, LedgerSettings settings) throws SQLException {
    Set<String> reported = new TreeSet<>();
    UnreadRow.forEach(connection, settings, row -> reported.add(row.source()));
    Map<String, Timestamp> last = new TreeMap<>();
    if (!reported.isEmpty()) {
      forEachSeen(
          connection,
          settings,
          (source, state) -> {
            // Of an archive, only what is in it is seen.
            Stream.of(source, SourceFile.container(source))
                .filter(reported::contains)
                .forEach(seen -> last.merge(seen, state, (a, b) -> a.before(b) ? b : a));
          });
    }
    return new SourceStates(last);
  }

  /**
   * Gives the source and state of each row that the run has seen. Callers compare them in memory:
   * for a join with a table that was just filled and has no statistics, PostgreSQL chose a nested
   * loop over all rows.
   */
  static void forEachSeen(
      Connection connection, LedgerSettings settings, BiConsumer<String, Timestamp> visitor)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT source, source_modified FROM " + settings.table() + " WHERE seen_run_id = ?")) {
      statement.setFetchSize(ROWS_AT_ONCE);
      KeyedRows.bind(statement, settings.runId());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          visitor.accept(rows.getString(1), rows.getTimestamp(2));
        }
      }
    }
  }

  /** Whether the run has seen a source in a later state than this one. */
  boolean isOvertaken(String source, Timestamp state) {
    Timestamp latest = last.get(source);
    return latest != null && state.before(latest);
  }
}
