package org.irisgraph.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
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
    long count = count(connection, entities, "e.entity_id");
    if (!TableShape.lookUp(connection, tables.relationships()).has("source_document")) {
      return count + count(connection, throughEntity, "r.relationship_id");
    }
    String byDocument =
        " JOIN %s r ON r.source_document = l.document_id".formatted(tables.relationships());
    return count
        + count(connection, byDocument, "r.relationship_id")
        + count(connection, throughEntity + " AND r.source_document IS NULL", "r.relationship_id");
  }

  private long count(Connection connection, String join, String id) throws SQLException {
    // The run that wrote a document has also seen it, and seen_run_id has an index.
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT COUNT(*) FROM %s l%s WHERE l.seen_run_id = ? AND l.run_id = ?"
                    .formatted(settings.table(), join)
                + " AND l.outcome IN ('indexed', 'partial') AND %s NOT LIKE ?".formatted(id))) {
      KeyedRows.bind(statement, settings.runId(), settings.runId(), GraphIds.LIKE);
      try (ResultSet count = statement.executeQuery()) {
        count.next();
        return count.getLong(1);
      }
    }
  }
}
