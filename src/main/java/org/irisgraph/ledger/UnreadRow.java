package org.irisgraph.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.function.Consumer;
import org.irisgraph.jdbc.KeyedRows;
import org.jspecify.annotations.Nullable;

/**
 * A ledger row of a place or document that a run has rejected, or of a document that a place which
 * could not be read left stale.
 *
 * @param position in the source; 0 for the whole source
 * @param state the modification time of the source
 * @param reasons as JSON
 * @param documentId null if the failure came before the document had an id
 */
record UnreadRow(
    String ledgerKey,
    String source,
    long position,
    Timestamp state,
    @Nullable String reasons,
    boolean isStale,
    @Nullable String documentId) {

  /** Gives the rows that the run has seen, in any order. */
  static void forEach(Connection connection, LedgerSettings settings, Consumer<UnreadRow> visitor)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT ledger_key, source, source_position, source_modified, reasons, stale,"
                + " document_id FROM "
                + settings.table()
                + " WHERE seen_run_id = ? AND (stale = 1 OR outcome = 'rejected')")) {
      statement.setFetchSize(SourceStates.ROWS_AT_ONCE);
      KeyedRows.bind(statement, settings.runId());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          visitor.accept(
              new UnreadRow(
                  rows.getString(1),
                  rows.getString(2),
                  rows.getLong(3),
                  rows.getTimestamp(4),
                  rows.getString(5),
                  rows.getInt(6) != 0,
                  rows.getString(7)));
        }
      }
    }
  }
}
