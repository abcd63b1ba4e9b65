package org.irisgraph.graphrag;

import java.io.Serializable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.Origin;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.Row;

/**
 * The places that gave a document's id before, where a run reads a part of its input only. A run
 * that reads all of it meets both places, and the smaller wins; here the other one has to be looked
 * at on purpose, or a duplicate would take the document away from its rightful place.
 */
public final class DuplicateIdLookup implements Serializable {

  private final LedgerSettings settings;

  /** Looks into the ledger of a run. */
  public DuplicateIdLookup(LedgerSettings settings) {
    this.settings = settings;
  }

  /** For each document the other place that the ledger knows, unless this run has seen it. */
  public List<Optional<Origin>> find(Connection connection, List<Document> documents)
      throws SQLException {
    Map<String, LedgerRow> known = new HashMap<>();
    TreeSet<String> keys = new TreeSet<>();
    documents.forEach(document -> keys.add(settings.documentKey(document.id())));
    for (Row row :
        KeyedRows.select(connection, settings.table(), LedgerRow.COLUMNS, "ledger_key", keys)) {
      LedgerRow ledgerRow = LedgerRow.of(row);
      known.put(ledgerRow.ledgerKey(), ledgerRow);
    }
    List<Optional<Origin>> rivals = new ArrayList<>();
    for (Document document : documents) {
      LedgerRow row = known.get(settings.documentKey(document.id()));
      boolean isRival =
          row != null
              && row.pipeline().equals(settings.pipeline())
              && !row.seenRunId().equals(settings.runId())
              && !row.origin().samePlace(document.origin());
      rivals.add(isRival ? Optional.of(row.origin()) : Optional.empty());
    }
    return rivals;
  }

  /** Whether two ids are one to the database. */
  public boolean isSame(String documentId, String other) {
    return settings.documentKey(documentId).equals(settings.documentKey(other));
  }

  /**
   * Marks documents as seen by this run where the ledger has them, because their places still give
   * them: the ledger then decides as for a run that has read both.
   */
  public void confirm(Connection connection, Collection<Document> documents) throws SQLException {
    Map<String, Document> sorted = new TreeMap<>();
    documents.forEach(document -> sorted.put(settings.documentKey(document.id()), document));
    Timestamp now = new Timestamp(System.currentTimeMillis());
    try (PreparedStatement statement =
        connection.prepareStatement(
            "UPDATE "
                + settings.table()
                + " SET seen_run_id = ?, seen_at = ?"
                + " WHERE ledger_key = ? AND place_key = ? AND stale = 0")) {
      for (Map.Entry<String, Document> document : sorted.entrySet()) {
        KeyedRows.bind(
            statement,
            settings.runId(),
            now,
            document.getKey(),
            LedgerKeys.place(settings.pipeline(), document.getValue().origin()));
        statement.addBatch();
      }
      if (!sorted.isEmpty()) {
        statement.executeBatch();
      }
    }
  }
}
