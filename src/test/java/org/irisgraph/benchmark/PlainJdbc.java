package org.irisgraph.benchmark;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.Row;

/** Loops over JDBC without Beam, on as many connections as the settings have writers. */
final class PlainJdbc {

  private static final int DOCUMENTS_OF_BATCH =
      SinkPipelines.BATCH_ROWS / BenchmarkDocument.RELATIONSHIPS;

  private static final String DOCUMENTS =
      "INSERT INTO B.Documents (doc_id, text_content) VALUES (?, ?)";
  private static final String ENTITIES =
      "INSERT INTO B.Entities (entity_id, entity_name, source_doc_id) VALUES (?, ?, ?)";
  private static final String RELATIONSHIPS =
      "INSERT INTO B.Relationships (relationship_id, source_entity_id, target_entity_id)"
          + " VALUES (?, ?, ?)";

  private static final String DOCUMENT_EXISTS =
      " ON CONFLICT (doc_id) DO UPDATE SET text_content = EXCLUDED.text_content";
  private static final String ENTITY_EXISTS =
      " ON CONFLICT (entity_id) DO UPDATE SET entity_name = EXCLUDED.entity_name,"
          + " source_doc_id = EXCLUDED.source_doc_id";
  private static final String RELATIONSHIP_EXISTS =
      " ON CONFLICT (relationship_id) DO UPDATE SET source_entity_id = EXCLUDED.source_entity_id,"
          + " target_entity_id = EXCLUDED.target_entity_id";

  private PlainJdbc() {}

  /** What one connection does with its documents. */
  @FunctionalInterface
  private interface Loop {
    void write(Connection connection, int first, int step, int documents) throws SQLException;
  }

  /** The limit: binds, executes and commits the same upserts as the sink, and nothing else. */
  static void batches(ConnectionSettings settings, int documents) throws Exception {
    sideBySide(settings, documents, batches(true));
  }

  /** The same batches of new rows, as plain inserts. */
  static void inserts(ConnectionSettings settings, int documents) throws Exception {
    sideBySide(settings, documents, batches(false));
  }

  /** The simplest way: an insert and a commit for each row, of a statement prepared once. */
  static void rowByRow(ConnectionSettings settings, int documents) throws Exception {
    sideBySide(settings, documents, PlainJdbc::rowByRow);
  }

  /** Each connection takes every so many-th document. */
  private static void sideBySide(ConnectionSettings settings, int documents, Loop loop)
      throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(settings.writers());
    try {
      List<Future<Void>> writers = new ArrayList<>();
      for (int writer = 0; writer < settings.writers(); writer++) {
        int first = writer;
        writers.add(
            executor.submit(
                (Callable<Void>)
                    () -> {
                      try (Connection connection = Database.connect(settings)) {
                        loop.write(connection, first, settings.writers(), documents);
                      }
                      return null;
                    }));
      }
      for (Future<Void> writer : writers) {
        writer.get();
      }
    } finally {
      executor.shutdown();
    }
  }

  private static void rowByRow(Connection connection, int first, int step, int documents)
      throws SQLException {
    try (PreparedStatement document = connection.prepareStatement(DOCUMENTS);
        PreparedStatement entity = connection.prepareStatement(ENTITIES);
        PreparedStatement relationship = connection.prepareStatement(RELATIONSHIPS)) {
      for (int number = first; number < documents; number += step) {
        BenchmarkDocument next = BenchmarkDocument.of(number);
        insert(document, next.documentRows(), 2);
        insert(entity, next.entityRows(), 3);
        insert(relationship, next.relationshipRows(), 3);
      }
    }
  }

  private static void insert(PreparedStatement statement, List<Row> rows, int columns)
      throws SQLException {
    for (Row row : rows) {
      bind(statement, row, columns);
      statement.executeUpdate();
    }
  }

  private static Loop batches(boolean upsert) {
    return (connection, first, step, documents) -> {
      connection.setAutoCommit(false);
      List<BenchmarkDocument> batch = new ArrayList<>();
      for (int number = first; number < documents; number += step) {
        batch.add(BenchmarkDocument.of(number));
        if (batch.size() == DOCUMENTS_OF_BATCH) {
          write(connection, batch, upsert);
          batch.clear();
        }
      }
      write(connection, batch, upsert);
    };
  }

  private static void write(
      Connection connection, List<BenchmarkDocument> documents, boolean upsert)
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
    execute(connection, DOCUMENTS + (upsert ? DOCUMENT_EXISTS : ""), documentRows, 2);
    execute(connection, ENTITIES + (upsert ? ENTITY_EXISTS : ""), entityRows, 3);
    execute(connection, RELATIONSHIPS + (upsert ? RELATIONSHIP_EXISTS : ""), relationshipRows, 3);
    connection.commit();
  }

  private static void execute(Connection connection, String sql, List<Row> rows, int columns)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (Row row : rows) {
        bind(statement, row, columns);
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private static void bind(PreparedStatement statement, Row row, int columns) throws SQLException {
    for (int i = 0; i < columns; i++) {
      statement.setString(i + 1, (String) row.get(i));
    }
  }
}
