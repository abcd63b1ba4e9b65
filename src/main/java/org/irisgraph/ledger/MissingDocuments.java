package org.irisgraph.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import java.util.function.Consumer;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.graph.Failure;
import org.irisgraph.graph.Origin;
import org.irisgraph.jdbc.KeyedRows;

/** The documents of a pipeline that are missing from the input of a run. */
public final class MissingDocuments {

  /** Selects the rows of documents, not those of places. */
  private static final String OF_DOCUMENTS = " WHERE pipeline = ? AND ledger_key <> place_key";

  private static final String UNSEEN = OF_DOCUMENTS + " AND seen_run_id <> ?";

  private static final Set<String> STAGES_OF_READING = Set.of("read", "extract");

  private final LedgerSettings settings;

  /** For a run that has read all its input. */
  public MissingDocuments(LedgerSettings settings) {
    this.settings = settings;
  }

  /** The number of documents of the pipeline. */
  public long all(Connection connection) throws SQLException {
    return count(connection, OF_DOCUMENTS, settings.pipeline());
  }

  /** The number of missing documents. */
  public long missing(Connection connection) throws SQLException {
    return count(connection, UNSEEN, settings.pipeline(), settings.runId());
  }

  /**
   * The number of places that the run could not read or extract: a missing document may be at one
   * of them.
   */
  public long unread(Connection connection) throws SQLException {
    return new LedgerReader(settings).count(connection, STAGES_OF_READING);
  }

  /** Gives each missing document, as an element without rows. */
  public void forEach(Connection connection, Consumer<DocumentGraph> documents)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT document_id, source, source_position FROM " + settings.table() + UNSEEN)) {
      KeyedRows.bind(statement, settings.pipeline(), settings.runId());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          documents.accept(
              DocumentGraph.failed(
                  rows.getString(1),
                  new Origin(rows.getString(2), rows.getLong(3), 0),
                  new Failure(
                      Failure.Stage.READ, "MISSING", "the document is missing from the input")));
        }
      }
    }
  }

  private long count(Connection connection, String where, Object... values) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT COUNT(*) FROM " + settings.table() + where)) {
      KeyedRows.bind(statement, values);
      try (ResultSet count = statement.executeQuery()) {
        count.next();
        return count.getLong(1);
      }
    }
  }
}
