package org.irisgraph.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.irisgraph.graphrag.Layout;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.spec.ForeignRows;
import org.irisgraph.iris.wire.InsertPath;
import org.irisgraph.iris.wire.IrisWireServer;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.PasswordReference;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.Reindex;
import org.irisgraph.replay.ReplayReport;
import org.irisgraph.report.ForeignRowFigures;
import org.irisgraph.report.Summary;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Indexes documents in the table where others have stored them, in every layout of the tables. */
@Timeout(120)
@ParameterizedClass(name = "{0}, layout {1}")
@MethodSource("databasesAndLayouts")
class InPlaceIT {

  private static final int DOCUMENTS = 30;

  @TempDir private static Path directory;
  private static TestTarget postgres;
  private static Path password;

  @Parameter(0)
  private String database;

  @Parameter(1)
  private Layout layout;

  private TestTarget target;
  private Connection connection;
  private Consumer<IndexingOptions> address;
  private IndexingRun indexing;

  static List<Object[]> databasesAndLayouts() {
    List<Object[]> all = new ArrayList<>();
    for (Layout layout : Layout.values()) {
      for (String database : List.of("H2", "PostgreSQL", "IRIS")) {
        all.add(new Object[] {database, layout});
      }
    }
    return all;
  }

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

  private static String text(int i) {
    return "Text %d. %s and %s.  Nothing else. "
        .formatted(i, i % 3 == 0 ? "Gout" : "Lupus", i % 2 == 0 ? "lupus" : "nothing");
  }

  private void insert(String id, String text) throws Exception {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO RAG.SourceDocuments (doc_id, text_content, metadata, title, embedding,"
                + " owner_name) VALUES (?, ?, 'not JSON {', 'A title', '0.1,0.2', 'them')")) {
      statement.setString(1, id);
      statement.setString(2, text);
      statement.execute();
    }
  }

  private Summary run(Consumer<IndexingOptions> more) throws Exception {
    return indexing.run(
        options -> {
          inPlace(options);
          more.accept(options);
        });
  }

  private static void inPlace(IndexingOptions options) {
    options.setInput(null);
    options.setJdbcInput("RAG.SourceDocuments");
    options.setDictionary(directory.resolve("dictionary.tsv").toString());
    IndexingRun.direct(options);
  }

  private List<String> documents() throws Exception {
    return indexing.rows("SELECT * FROM RAG.SourceDocuments ORDER BY doc_id");
  }

  private List<String> graph() throws Exception {
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
  private static List<String> graphOfFile(Map<String, String> texts) throws Exception {
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

  private Map<String, String> texts() throws Exception {
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

  @Test
  void givesTheGraphOfTheSameTextsAndLeavesTheRowsOfDocumentsAsTheyAre() throws Exception {
    List<String> before = documents();

    Summary first = run(options -> {});

    assertThat(first.documents().indexed(), is((long) DOCUMENTS));
    assertThat(documents(), is(before));
    assertThat(graph(), is(graphOfFile(texts())));
    assertThat(first.rows().get("RAG.SourceDocuments"), is(new Summary.Rows(0, 0)));

    Summary second = run(options -> {});
    assertThat(second.documents().unchanged(), is((long) DOCUMENTS));

    Summary all = run(options -> options.setReindex(Reindex.ALL));
    assertThat(all.documents().indexed(), is((long) DOCUMENTS));
    assertThat(documents(), is(before));
    assertThat(graph(), is(graphOfFile(texts())));
  }

  @Test
  void extractsAgainFromWhatHasChangedAndTakesOutWhatIsGone() throws Exception {
    run(options -> {});
    target.execute(
        "UPDATE RAG.SourceDocuments SET text_content = 'Now it is gout and lupus.' WHERE doc_id ="
            + " 'doc-1'");
    target.execute("UPDATE RAG.SourceDocuments SET title = 'Other' WHERE doc_id = 'doc-2'");
    insert("new", "Gout once more.");

    Summary changed = run(options -> {});
    assertThat(changed.documents().indexed(), is(2L));
    assertThat(changed.documents().unchanged(), is(DOCUMENTS - 1L));

    if (layout == Layout.B_WITHOUT_CASCADES) {
      // Its foreign keys forbid deleting a document that has entities.
      return;
    }
    target.execute("DELETE FROM RAG.SourceDocuments WHERE doc_id IN ('doc-3', 'doc-4')");
    List<String> before = documents();
    Summary removed = run(options -> options.setDeleteMissing(true));

    assertThat(removed.documents().deleted(), is(2L));
    assertThat(documents(), is(before));
    assertThat(graph(), is(graphOfFile(texts())));
    assertThat(
        indexing.rows("SELECT COUNT(*) FROM RAG.DocumentLedger"), contains("" + (DOCUMENTS - 1)));
  }

  @Test
  void keepsOrReplacesWhatOthersHaveFound() throws Exception {
    if (layout != Layout.A) {
      run(options -> options.setCreateTables(true));
    } else {
      run(options -> {});
    }
    target.execute(Layout.entity(UUID.randomUUID().toString(), "doc-0"));
    target.execute("UPDATE RAG.SourceDocuments SET text_content = 'Lupus.' WHERE doc_id = 'doc-0'");

    Summary kept = run(options -> {});
    assertThat(kept.foreignRows(), is(new ForeignRowFigures(1L, 0L, 0L)));

    Summary replaced =
        run(
            options -> {
              options.setForeignRows(ForeignRows.REPLACE);
              options.setReindex(Reindex.ALL);
            });
    assertThat(replaced.foreignRows(), is(new ForeignRowFigures(0L, 1L, 0L)));
    assertThat(graph(), is(graphOfFile(texts())));
    assertThat(documents(), hasSize(DOCUMENTS));
  }

  @Test
  void namesWhatCannotBeReadKeepsItsLastVersionAndReplaysIt() throws Exception {
    insert("blank", " ");
    Summary first = run(options -> {});
    assertThat(first.documents().rejected(), is(1L));
    List<String> graph = graph();

    target.execute("UPDATE RAG.SourceDocuments SET text_content = NULL WHERE doc_id = 'doc-0'");
    Summary second = run(options -> {});
    assertThat(second.documents().stale(), is(1L));
    assertThat(graph(), is(graph));
    assertThat(
        indexing.rows("SELECT document_id FROM RAG.DocumentLedger WHERE stale = 1"),
        contains("doc-0"));

    target.execute("UPDATE RAG.SourceDocuments SET text_content = 'Lupus.' WHERE doc_id = 'doc-0'");
    target.execute("UPDATE RAG.SourceDocuments SET text_content = 'Gout.' WHERE doc_id = 'doc-1'");
    ReplayReport report = indexing.replay(null, InPlaceIT::inPlace).report();

    assertThat(report.count(ReplayReport.Result.CURED), is(1L));
    assertThat(report.count(ReplayReport.Result.REJECTED), is(1L));
    assertThat(
        indexing.rows("SELECT entity_name FROM RAG.Entities WHERE source_doc_id = 'doc-0'"),
        contains("Lupus"));
    // Nobody has named the other one.
    assertThat(
        indexing.rows("SELECT COUNT(*) FROM RAG.Entities WHERE source_doc_id = 'doc-1'"),
        not(contains("0")));
    assertThat(
        indexing.rows("SELECT entity_name FROM RAG.Entities WHERE source_doc_id = 'doc-1'"),
        contains("Lupus"));
  }

  @Test
  void indexesInPlaceWhatAQueryNames() throws Exception {
    List<String> before = documents();

    Summary summary =
        run(
            options ->
                options.setJdbcInput(
                    "SELECT doc_id, text_content FROM RAG.SourceDocuments WHERE doc_id LIKE"
                        + " 'doc-1%' UNION ALL SELECT 'absent', 'Gout.' FROM RAG.SourceDocuments"
                        + " WHERE doc_id = 'doc-0'"));

    assertThat(summary.documents().indexed(), is(11L));
    assertThat(summary.documents().rejected(), is(1L));
    assertThat(documents(), is(before));
    assertThat(
        indexing.rows(
            "SELECT document_id, reasons FROM RAG.DocumentLedger WHERE outcome = 'rejected'"),
        contains(containsString("NO_DOCUMENT_ROW")));
  }

  @Test
  void copiesDocumentsOfAnotherDatabaseWithTheirTitlesAndMetadata() throws Exception {
    String url = "jdbc:h2:mem:" + UUID.randomUUID();
    try (Connection copy =
            Database.connect(
                new ConnectionSettings(url, null, PasswordReference.of(null), Map.of(), 1));
        IndexingRun other = new IndexingRun(directory, options -> options.setJdbcUrl(url), copy)) {
      Summary summary =
          other.run(
              options -> {
                inPlace(options);
                options.setJdbcInputUrl(target.settings().jdbcUrl());
                options.setJdbcInputUser(target.settings().user());
                if (database.equals("IRIS")) {
                  options.setJdbcInputPasswordFrom("file:" + password);
                }
              });

      assertThat(summary.documents().indexed(), is((long) DOCUMENTS));
      assertThat(
          other.rows("SELECT text_content FROM RAG.SourceDocuments WHERE doc_id = 'doc-7'"),
          contains("A title\n\n" + text(7)));
      String metadata =
          other.rows("SELECT metadata FROM RAG.SourceDocuments WHERE doc_id = 'doc-7'").get(0);
      assertThat(metadata, containsString("\"metadata\":\"not JSON {\""));
      assertThat(metadata, containsString("\"owner_name\":\"them\""));
      assertThat(
          other.rows("SELECT source FROM RAG.DocumentLedger WHERE document_id = 'doc-7'"),
          contains(target.settings().jdbcUrl() + "#RAG.SourceDocuments"));
    }
    assertThat(
        indexing.rows(
            "SELECT table_name FROM INFORMATION_SCHEMA.TABLES WHERE LOWER(table_name) ="
                + " 'documentledger'"),
        is(empty()));
  }
}
