package org.irisgraph.ledger;

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
 * Finds the places that gave a document's id before, for a run that reads a part of its input. A
 * run over all input reads both places, and the smaller wins; a partial run has to read the other
 * place on purpose, or a duplicate would replace the document of the smaller place.
 */
public final class DuplicateIdLookup implements Serializable {

  private final LedgerSettings settings;

  /** Looks up the ledger of a run. */
  public DuplicateIdLookup(LedgerSettings settings) {
    this.settings = settings;
  }

  /** For each document the other place in the ledger, if any that this run has not seen. */
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
    List<Optional<Origin>> others = new ArrayList<>();
    for (Document document : documents) {
      others.add(
          Optional.ofNullable(known.get(settings.documentKey(document.id())))
              .filter(row -> row.pipeline().equals(settings.pipeline()))
              .filter(row -> !row.seenRunId().equals(settings.runId()))
              .map(LedgerRow::origin)
              .filter(origin -> !origin.samePlace(document.origin())));
    }
    return others;
  }

  /** Whether the database considers two ids equal. */
  public boolean isSame(String documentId, String other) {
    return settings.documentKey(documentId).equals(settings.documentKey(other));
  }

  /**
   * Marks documents at the places of the ledger as seen by this run: the ledger then decides as for
   * a run that has read both places.
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
