package org.irisgraph.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.irisgraph.extract.llm.ModelServer;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.spec.WriteMode;
import org.irisgraph.jdbc.Database;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.LinkEntities;
import org.irisgraph.options.Reindex;
import org.irisgraph.replay.ReplayReport.Result;
import org.irisgraph.report.Summary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole runs on a database server, which have to lead to the tables of the same runs in H2. All
 * tables are in one schema, which is emptied before and after each test.
 */
public abstract class WholeRunContract {

  private static final Map<String, String> COLUMNS = new LinkedHashMap<>();

  static {
    COLUMNS.put("SourceDocuments", "doc_id, text_content, metadata");
    COLUMNS.put("Entities", "entity_id, entity_name, entity_type, description, source_doc_id");
    COLUMNS.put(
        "EntityRelationships",
        "relationship_id, source_entity_id, target_entity_id, relationship_type, source_document");
    COLUMNS.put(
        "DocumentLedger",
        "document_id, source, source_position, content_hash, outcome, reasons, stale, place_key,"
            + " document_rows, entity_rows, relationship_rows");
  }

  @TempDir private Path directory;
  private final TestTarget target = target();
  private final String schema = target.schema("RAG");
  private Path corpus;
  private IndexingRun indexing;

  /** The server, which runs until all tests have ended. */
  protected abstract TestTarget target();

  @BeforeEach
  void prepare() throws Exception {
    target.clearSchema("RAG");
    corpus = directory.resolve("corpus");
    TestCorpus.writeTo(corpus);
    Connection connection = Database.connect(target.settings());
    indexing = new IndexingRun(corpus, this::useServer, connection);
  }

  @AfterEach
  void close() throws Exception {
    indexing.close();
    target.clearSchema("RAG");
  }

  private void useServer(IndexingOptions options) {
    target.useIn(options);
    options.setSchema(schema);
    options.setLedgerSchema(schema);
    options.setDeadLetters(directory.resolve("dead-letters").toString());
    IndexingRun.direct(options);
  }

  /** The tables' rows without times and run ids, sorted here since collations differ. */
  private Map<String, List<String>> contents() throws SQLException {
    return contents(target, schema);
  }

  private static Map<String, List<String>> contents(TestTarget target, String schema)
      throws SQLException {
    return contents(target, schema, COLUMNS);
  }

  private static Map<String, List<String>> contents(
      TestTarget target, String schema, Map<String, String> columns) throws SQLException {
    Map<String, List<String>> contents = new LinkedHashMap<>();
    for (Map.Entry<String, String> table : columns.entrySet()) {
      String query = "SELECT %s FROM %s.%s".formatted(table.getValue(), schema, table.getKey());
      contents.put(table.getKey(), target.rows(query).stream().sorted().toList());
    }
    return contents;
  }

  /** The tables after one run over the corpus as it is now, in H2. */
  private Map<String, List<String>> expected() throws Exception {
    try (TestTarget h2 = TestTarget.h2()) {
      try (IndexingRun elsewhere =
          new IndexingRun(corpus, h2::useIn, Database.connect(h2.settings()))) {
        elsewhere.run(options -> {});
      }
      return contents(h2, "RAG");
    }
  }

  @Test
  void storesTheTablesThatH2HasAndNothingTwice() throws Exception {
    Map<String, List<String>> expected = expected();

    Summary first = indexing.run(options -> {});
    assertThat(first.documents().indexed(), is((long) TestCorpus.GOOD));
    assertThat(contents(), is(expected));

    Summary second = indexing.run(options -> {});
    assertThat(second.documents().unchanged(), is((long) TestCorpus.GOOD));
    assertThat(second.rows().get(schema + ".SourceDocuments").committed(), is(0L));
    assertThat(contents(), is(expected));
    assertThat(
        target
            .rows(
                "SELECT outcome, documents_indexed, documents_unchanged FROM %s.IndexingRuns"
                    .formatted(schema))
            .stream()
            .sorted()
            .toList(),
        is(List.of("partial|0|" + TestCorpus.GOOD, "partial|%d|0".formatted(TestCorpus.GOOD))));
  }

  @Test
  void replacesWhatHasChangedAndWhatIsIndexedAgain() throws Exception {
    indexing.run(options -> {});
    Files.writeString(corpus.resolve("deep/er/note-1.txt"), "A note on gout, asthma and lupus.");
    Map<String, List<String>> expected = expected();

    Summary changed = indexing.run(options -> {});
    assertThat(changed.documents().indexed(), is(1L));
    assertThat(contents(), is(expected));

    Summary all = indexing.run(options -> options.setReindex(Reindex.ALL));
    assertThat(all.documents().indexed(), is((long) TestCorpus.GOOD));
    assertThat(contents(), is(expected));
  }

  @Test
  void linksTheEntitiesOfDocumentsAsTheyChange() throws Exception {
    Map<String, String> columns =
        Map.of(
            "EntityRelationships", COLUMNS.get("EntityRelationships"),
            "GraphNodes", "node_key, node_name, node_type, concept, documents, mentions",
            "GraphEdges", "source_node, target_node, edge_type, documents, statements");
    Consumer<IndexingOptions> linked = options -> options.setLinkEntities(LinkEntities.SAME_AS);
    indexing.run(linked);
    Files.writeString(corpus.resolve("deep/er/note-1.txt"), "A note on gout, asthma and lupus.");
    indexing.run(options -> options.setLinkEntities(LinkEntities.NONE));
    indexing.run(linked);

    try (TestTarget h2 = TestTarget.h2();
        IndexingRun elsewhere =
            new IndexingRun(corpus, h2::useIn, Database.connect(h2.settings()))) {
      elsewhere.run(linked);
      Map<String, List<String>> expected = contents(h2, "RAG", columns);
      assertThat(contents(target, schema, columns), is(expected));
      assertThat(
          expected.get("EntityRelationships").stream().anyMatch(row -> row.contains("|same_as|")),
          is(true));
    }
  }

  @Test
  void loadsEmptyTablesWithInsertsHintsAndDeferredIndexes() throws Exception {
    Map<String, List<String>> expected = expected();

    indexing.run(
        options -> {
          options.setWriteMode(WriteMode.INSERT);
          options.setIrisHints(List.of("nolock", "nocheck"));
          options.setDeferIndexes(true);
        });

    assertThat(contents(), is(expected));
    // A look-up by an index that was built after the rows were stored.
    assertThat(
        target.rows(
            "SELECT COUNT(*) FROM %s.Entities WHERE source_doc_id = 'line-3'".formatted(schema)),
        is(
            List.of(
                Long.toString(
                    expected.get("Entities").stream()
                        .filter(row -> row.endsWith("|line-3"))
                        .count()))));
  }

  @Test
  void replaysARepairedLine() throws Exception {
    indexing.run(options -> {});
    Path lines = corpus.resolve("lines.jsonl");
    Files.writeString(
        lines,
        Files.readString(lines)
            .replace("{\"id\":\"broken\",\n", "{\"id\":\"broken\",\"text\":\"Gout.\"}\n"));
    Map<String, List<String>> expected = expected();

    IndexingRun.Replayed replayed = indexing.replay(null, options -> {});

    assertThat(replayed.report().count(Result.CURED), is(1L));
    assertThat(contents(), is(expected));
  }

  @Test
  void deletesDocumentsWhoseFilesAreGone() throws Exception {
    List<String> readable = List.of(corpus + "/**.md", corpus + "/deep/**.txt");
    indexing.run(options -> options.setInput(readable));
    Files.delete(corpus.resolve("deep/page-2.md"));

    Summary summary =
        indexing.run(
            options -> {
              options.setInput(readable);
              options.setDeleteMissing(true);
              options.setForce(true);
              options.setEvidence(false);
            });

    assertThat(summary.documents().deleted(), is(1L));
    assertThat(contents().get("SourceDocuments").size(), is(7));
    for (String table : List.of("EntityMentions", "RelationshipEvidence")) {
      assertThat(
          "what proved those that are replaced goes, too",
          target.rows("SELECT document_id FROM %s.%s".formatted(schema, table)),
          is(List.of()));
    }
  }

  @Test
  void indexesDocumentsInPlace() throws Exception {
    String documents = schema + ".SourceDocuments";
    target.execute(
        "CREATE TABLE %s (doc_id VARCHAR(255) NOT NULL, text_content %s, PRIMARY KEY (doc_id))"
            .formatted(documents, target.settings().dialect().textType()),
        "INSERT INTO %s (doc_id, text_content) VALUES ('a', 'Gout and asthma.')"
            .formatted(documents),
        "INSERT INTO %s (doc_id, text_content) VALUES ('b', 'Lupus.')".formatted(documents));

    Consumer<IndexingOptions> inPlace =
        options -> {
          options.setInput(null);
          options.setJdbcInput(documents);
        };
    assertThat(indexing.run(inPlace).documents().indexed(), is(2L));
    assertThat(indexing.run(inPlace).documents().unchanged(), is(2L));

    assertThat(
        target.rows("SELECT text_content FROM %s WHERE doc_id = 'b'".formatted(documents)),
        is(List.of("Lupus.")));
    assertThat(
        target.rows("SELECT entity_name FROM %s.Entities".formatted(schema)).stream()
            .sorted()
            .toList(),
        is(List.of("Gout", "Lupus", "asthma")));
  }

  @Test
  void keepsTheAnswersOfALanguageModel() throws Exception {
    Path key = Files.writeString(directory.resolve("key"), "sk-0123456789");
    Path texts =
        Files.writeString(
            directory.resolve("texts.jsonl"),
            "{\"id\":\"x\",\"text\":\"Patient 1 took aspirin against fever.\"}\n");
    try (ModelServer model = new ModelServer()) {
      long asked = 0;
      for (Reindex reindex : List.of(Reindex.CHANGED, Reindex.ALL)) {
        indexing.run(
            options -> {
              options.setInput(List.of(texts.toString()));
              options.setExtractors(List.of("llm"));
              options.setDictionary(null);
              options.setLlmUrl(model.url());
              options.setLlmModel("test-model");
              options.setLlmApiKeyFrom("file:" + key);
              options.setReindex(reindex);
            });
        asked = asked == 0 ? model.requests().size() : asked;
      }
      assertThat(asked, is(greaterThan(0L)));
      assertThat((long) model.requests().size(), is(asked));
    }
    assertThat(
        target.rows("SELECT entity_name FROM %s.Entities".formatted(schema)).stream()
            .sorted()
            .toList(),
        is(List.of("aspirin", "fever")));
  }
}
