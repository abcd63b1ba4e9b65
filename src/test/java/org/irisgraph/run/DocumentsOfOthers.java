package org.irisgraph.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.irisgraph.graphrag.Layout;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.wire.InsertPath;
import org.irisgraph.iris.wire.IrisWireServer;
import org.irisgraph.jdbc.Database;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.report.Summary;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/** Documents in a table of others, in a database and a layout of the tables, to index in place. */
abstract class DocumentsOfOthers {

  static final int DOCUMENTS = 30;

  @TempDir static Path directory;
  private static TestTarget postgres;
  static Path password;

  @Parameter(0)
  String database;

  @Parameter(1)
  Layout layout;

  TestTarget target;
  private Connection connection;
  private Consumer<IndexingOptions> address;
  IndexingRun indexing;

  @BeforeAll
  static void start() throws Exception {
    postgres = TestTarget.postgres();
    password = Files.writeString(directory.resolve("password"), "SYS");
    Files.writeString(directory.resolve("dictionary.tsv"), "gout\tDISEASE\nlupus\tDISEASE\n");
  }

  @AfterAll
  static void stop() throws Exception {
    postgres.close();
  }

  @BeforeEach
  void storeDocumentsOfSomebodyElse() throws Exception {
    switch (database) {
      case "H2" -> {
        target = TestTarget.h2();
        connection = Database.connect(target.settings());
      }
      case "PostgreSQL" -> {
        target = postgres;
        connection = Database.connect(target.settings());
      }
      default -> {
        IrisWireServer server = IrisWireServer.start(InsertPath.FAST);
        target = TestTarget.iris(server);
        connection = server.backingConnection();
      }
    }
    address =
        options -> {
          options.setJdbcUrl(target.settings().jdbcUrl());
          options.setJdbcUser(target.settings().user());
          options.setJdbcPasswordFrom(database.equals("IRIS") ? "file:" + password : null);
        };
    indexing = new IndexingRun(directory, address, connection);
    target.execute("DROP SCHEMA IF EXISTS RAG CASCADE", "CREATE SCHEMA RAG");
    target.execute(
        layout == Layout.A
            ? new String[] {
              "CREATE TABLE RAG.SourceDocuments (doc_id VARCHAR(255) NOT NULL PRIMARY KEY,"
                  + " text_content VARCHAR(100000), metadata VARCHAR(2000), title VARCHAR(99))"
            }
            : layout.statements());
    target.execute(
        "ALTER TABLE RAG.SourceDocuments ADD embedding VARCHAR(99)",
        "ALTER TABLE RAG.SourceDocuments ADD created TIMESTAMP DEFAULT CURRENT_TIMESTAMP",
        "ALTER TABLE RAG.SourceDocuments ADD owner_name VARCHAR(99) DEFAULT 'them'");
    for (int i = 0; i < DOCUMENTS; i++) {
      insert("doc-" + i, text(i));
    }
    // A column that must have a value: only its owner can insert a document.
    target.execute(
        "ALTER TABLE RAG.SourceDocuments ALTER COLUMN owner_name SET NOT NULL",
        "ALTER TABLE RAG.SourceDocuments ALTER COLUMN owner_name DROP DEFAULT");
  }

  @AfterEach
  void close() throws Exception {
    connection.close();
    if (target != postgres) {
      target.close();
    }
  }

  static String text(int i) {
    return "Text %d. %s and %s.  Nothing else. "
        .formatted(i, i % 3 == 0 ? "Gout" : "Lupus", i % 2 == 0 ? "lupus" : "nothing");
  }

  void insert(String id, String text) throws Exception {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO RAG.SourceDocuments (doc_id, text_content, metadata, title, embedding,"
                + " owner_name) VALUES (?, ?, 'not JSON {', 'A title', '0.1,0.2', 'them')")) {
      statement.setString(1, id);
      statement.setString(2, text);
      statement.execute();
    }
  }

  Summary run(Consumer<IndexingOptions> more) throws Exception {
    return indexing.run(
        options -> {
          inPlace(options);
          more.accept(options);
        });
  }

  static void inPlace(IndexingOptions options) {
    options.setInput(null);
    options.setJdbcInput("RAG.SourceDocuments");
    options.setDictionary(directory.resolve("dictionary.tsv").toString());
  }

  List<String> documents() throws Exception {
    return indexing.rows("SELECT * FROM RAG.SourceDocuments ORDER BY doc_id");
  }

  List<String> graph() throws Exception {
    return graph(indexing);
  }

  private static List<String> graph(IndexingRun run) throws Exception {
    List<String> rows =
        run.rows(
            "SELECT entity_id, entity_name, entity_type, source_doc_id FROM RAG.Entities"
                + " ORDER BY entity_id");
    rows.addAll(
        run.rows(
            "SELECT relationship_id, source_entity_id, target_entity_id, relationship_type"
                + " FROM RAG.EntityRelationships ORDER BY relationship_id"));
    return rows;
  }

  /** What a run finds that reads the same texts from a file. */
  static List<String> graphOfFile(Map<String, String> texts) throws Exception {
    Path corpus = Files.createTempDirectory(directory, "corpus");
    StringBuilder lines = new StringBuilder();
    for (Map.Entry<String, String> text : texts.entrySet()) {
      lines
          .append(
              new ObjectMapper()
                  .writeValueAsString(Map.of("id", text.getKey(), "text", text.getValue())))
          .append('\n');
    }
    Files.writeString(corpus.resolve("texts.jsonl"), lines);
    try (IndexingRun run = new IndexingRun(corpus)) {
      run.run(
          options -> {
            options.setInput(List.of(corpus + "/texts.jsonl"));
            options.setDictionary(directory.resolve("dictionary.tsv").toString());
          });
      return graph(run);
    }
  }

  Map<String, String> texts() throws Exception {
    Map<String, String> texts = new java.util.TreeMap<>();
    for (String id : indexing.rows("SELECT doc_id FROM RAG.SourceDocuments")) {
      texts.put(
          id,
          indexing
              .rows("SELECT text_content FROM RAG.SourceDocuments WHERE doc_id = '" + id + "'")
              .get(0));
    }
    return texts;
  }
}
