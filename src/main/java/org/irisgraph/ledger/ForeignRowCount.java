package org.irisgraph.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.irisgraph.graph.GraphIds;
import org.irisgraph.graphrag.GraphTables;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.TableShape;

/**
 * Counts the entities and relationships of other applications for the documents that a run has
 * written. Runs at the end: counting while writing would cost each batch of new documents two round
 * trips, and would be wrong after retries.
 */
public final class ForeignRowCount {

  private final LedgerSettings settings;
  private final GraphTables tables;

  /** Counts for a run. */
  public ForeignRowCount(LedgerSettings settings, GraphTables tables) {
    this.settings = settings;
    this.tables = tables;
  }

  /** The number of these rows, recognised by the form of their ids. */
  public long count(Connection connection) throws SQLException {
    String entities = " JOIN %s e ON e.source_doc_id = l.document_id".formatted(tables.entities());
    String throughEntity =
        entities
            + " JOIN %s r ON r.source_entity_id = e.entity_id".formatted(tables.relationships());
    List<String> counts = new ArrayList<>(List.of(count(entities, "e.entity_id")));
    if (TableShape.lookUp(connection, tables.relationships()).has("source_document")) {
      String byDocument =
          " JOIN %s r ON r.source_document = l.document_id".formatted(tables.relationships());
      counts.add(count(byDocument, "r.relationship_id"));
      counts.add(count(throughEntity + " AND r.source_document IS NULL", "r.relationship_id"));
    } else {
      counts.add(count(throughEntity, "r.relationship_id"));
    }
    // One statement, since IRIS compiles and keeps each text.
    try (PreparedStatement statement =
        connection.prepareStatement(String.join(" UNION ALL ", counts))) {
      List<String> parameters = new ArrayList<>();
      counts.forEach(
          each -> parameters.addAll(List.of(settings.runId(), settings.runId(), GraphIds.LIKE)));
      KeyedRows.bind(statement, parameters.toArray());
      try (ResultSet rows = statement.executeQuery()) {
        long count = 0;
        while (rows.next()) {
          count += rows.getLong(1);
        }
        return count;
      }
    }
  }

  /**
   * Counts rows of others. The run that wrote a document has also seen it, for which is an index.
   */
  private String count(String join, String id) {
    return "SELECT COUNT(*) FROM %s l%s WHERE l.seen_run_id = ? AND l.run_id = ?"
            .formatted(settings.table(), join)
        + " AND l.outcome IN ('indexed', 'partial') AND %s NOT LIKE ?".formatted(id);
  }
}
