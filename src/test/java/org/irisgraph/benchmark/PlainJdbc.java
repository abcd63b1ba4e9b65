package org.irisgraph.benchmark;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.irisgraph.iris.ConnectionSettings;
import org.irisgraph.iris.Database;
import org.irisgraph.iris.Row;

/** The limit: a loop that binds, executes and commits the same upserts, and does nothing else. */
final class PlainJdbc {

  private static final int DOCUMENTS_OF_BATCH = 1000 / BenchmarkDocument.RELATIONSHIPS;

  private PlainJdbc() {}

  static void write(ConnectionSettings settings, int first, int step, int documents)
      throws SQLException {
    try (Connection connection = Database.connect(settings)) {
      connection.setAutoCommit(false);
      List<BenchmarkDocument> batch = new ArrayList<>();
      for (int number = first; number < documents; number += step) {
        batch.add(BenchmarkDocument.of(number));
        if (batch.size() == DOCUMENTS_OF_BATCH) {
          write(connection, batch);
          batch.clear();
        }
      }
      write(connection, batch);
    }
  }

  private static void write(Connection connection, List<BenchmarkDocument> documents)
      throws SQLException {
    if (documents.isEmpty()) {
      return;
    }
    List<Row> documentRows = new ArrayList<>();
    List<Row> entityRows = new ArrayList<>();
    List<Row> relationshipRows = new ArrayList<>();
    for (BenchmarkDocument document : documents) {
      documentRows.addAll(document.documentRows());
      entityRows.addAll(document.entityRows());
      relationshipRows.addAll(document.relationshipRows());
    }
    execute(
        connection,
        "INSERT INTO B.Documents (doc_id, text_content) VALUES (?, ?) ON CONFLICT (doc_id)"
            + " DO UPDATE SET text_content = EXCLUDED.text_content",
        documentRows,
        2);
    execute(
        connection,
        "INSERT INTO B.Entities (entity_id, entity_name, source_doc_id) VALUES (?, ?, ?)"
            + " ON CONFLICT (entity_id) DO UPDATE SET entity_name = EXCLUDED.entity_name,"
            + " source_doc_id = EXCLUDED.source_doc_id",
        entityRows,
        3);
    execute(
        connection,
        "INSERT INTO B.Relationships (relationship_id, source_entity_id, target_entity_id)"
            + " VALUES (?, ?, ?) ON CONFLICT (relationship_id) DO UPDATE SET"
            + " source_entity_id = EXCLUDED.source_entity_id,"
            + " target_entity_id = EXCLUDED.target_entity_id",
        relationshipRows,
        3);
    connection.commit();
  }

  private static void execute(Connection connection, String sql, List<Row> rows, int columns)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (Row row : rows) {
        for (int i = 0; i < columns; i++) {
          statement.setString(i + 1, (String) row.get(i));
        }
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }
}
