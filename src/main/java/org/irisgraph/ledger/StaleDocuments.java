package org.irisgraph.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.irisgraph.document.SourceFile;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.StoreException;
import org.jspecify.annotations.Nullable;

/** Marks stored documents as stale which may be at an unreadable place of their source. */
final class StaleDocuments {

  private final LedgerSettings settings;
  private final GuardedBatches batches;

  StaleDocuments(LedgerSettings settings, GuardedBatches batches) {
    this.settings = settings;
    this.batches = batches;
  }

  /** A document that the run has not seen in the last state of its source. */
  private record Unseen(String ledgerKey, String seenRunId, @Nullable String reasons) {}

  /**
   * Gives the documents of these sources, and of what is in them, the failure of the source.
   *
   * @param unread by source
   * @return the ledger keys of failures of whole sources that their documents now have
   */
  List<String> mark(Connection connection, Map<String, UnreadSource> unread)
      throws SQLException, StoreException.Fenced {
    Set<String> explained = new TreeSet<>();
    Timestamp now = new Timestamp(System.currentTimeMillis());
    batches.forEach(
        connection, unseen(connection, unread, explained), some -> mark(connection, some, now));
    return List.copyOf(explained);
  }

  private void mark(Connection connection, List<Unseen> documents, Timestamp now)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "UPDATE "
                + settings.table()
                + " SET stale = 1, reasons = ?, seen_run_id = ?, seen_at = ?"
                + " WHERE ledger_key = ? AND seen_run_id = ?")) {
      for (Unseen document : documents) {
        KeyedRows.bind(
            statement,
            document.reasons(),
            settings.runId(),
            now,
            document.ledgerKey(),
            document.seenRunId());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private List<Unseen> unseen(
      Connection connection, Map<String, UnreadSource> unread, Set<String> explained)
      throws SQLException {
    List<Unseen> unseen = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT ledger_key, source, seen_run_id, reasons, stale, source_modified FROM "
                + settings.table()
                + " WHERE pipeline = ? AND outcome IN ('indexed', 'partial')"
                + " AND (seen_run_id <> ? OR stale = 0)")) {
      statement.setFetchSize(SourceStates.ROWS_AT_ONCE);
      KeyedRows.bind(statement, settings.pipeline(), settings.runId());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          String source = rows.getString(2);
          UnreadSource ofSource =
              unread.getOrDefault(source, unread.get(SourceFile.container(source)));
          boolean isSeen =
              ofSource != null
                  && rows.getString(3).equals(settings.runId())
                  && !rows.getTimestamp(6).before(ofSource.state());
          if (ofSource != null && !isSeen) {
            List<Reasons.Reason> reasons = new ArrayList<>(List.of(ofSource.reason()));
            if (rows.getInt(5) == 0) {
              reasons.addAll(Reasons.parse(rows.getString(4)));
            }
            unseen.add(new Unseen(rows.getString(1), rows.getString(3), Reasons.toJson(reasons)));
            // Others in an archive are not known, so that its own failure stays.
            if (ofSource.sourceKey() != null && unread.containsKey(source)) {
              explained.add(ofSource.sourceKey());
            }
          }
        }
      }
    }
    return unseen;
  }
}
