package org.irisgraph.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.options.IndexingOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that may not create tables, in a database without any. */
class MissingTablesTest {

  private static final List<String> TABLES =
      List.of(
          "RAG.SourceDocuments",
          "RAG.Entities",
          "RAG.EntityRelationships",
          "RAG.DocumentLedger",
          "RAG.ParseAttempts",
          "RAG.LlmResponses",
          "RAG.LlmCalls",
          "RAG.IndexingLease",
          "RAG.IndexingRuns");

  @TempDir private Path directory;
  private IndexingRun indexing;

  @BeforeEach
  void writeCorpus() throws Exception {
    TestCorpus.writeTo(directory);
    indexing = new IndexingRun(directory);
  }

  @AfterEach
  void close() throws Exception {
    indexing.close();
  }

  @Test
  void reportsAllMissingTablesAtOnceWithTheirStatements() {
    String message = messageOfRun();

    assertThat(
        message,
        startsWith(
            "missing tables: %s; --createTables creates them, or run\n"
                .formatted(String.join(", ", TABLES))));
    for (String table : TABLES) {
      assertThat(message, containsString("CREATE TABLE " + table + " ("));
    }
  }

  @Tag("slow")
  @Test
  void acceptsTheTablesThatTheReportedStatementsCreate() throws Exception {
    String message = messageOfRun();
    indexing.execute(message.substring(message.indexOf('\n')));

    assertThat(
        indexing.run(options -> options.setCreateTables(false)).documents().indexed(),
        is((long) TestCorpus.GOOD));
  }

  @Test
  void reportsAMissingColumnBeforeAnythingIsExtracted() throws Exception {
    indexing.execute(
        "CREATE SCHEMA RAG; CREATE TABLE RAG.Entities (entity_id VARCHAR(255) PRIMARY KEY,"
            + " entity_name VARCHAR(500), entity_type VARCHAR(100))");

    assertThat(
        assertThrows(StoreException.Configuration.class, () -> indexing.run(options -> {}))
            .getMessage(),
        is(
            "table RAG.Entities has no column source_doc_id, which is required; alter the table, or"
                + " choose another schema"));
    assertThat(indexing.rows("SELECT COUNT(*) FROM RAG.IndexingRuns"), contains("0"));
  }

  private String messageOfRun() {
    return assertThrows(
            StoreException.Configuration.class,
            () -> indexing.run(MissingTablesTest::needAllTables))
        .getMessage();
  }

  private static void needAllTables(IndexingOptions options) {
    options.setCreateTables(false);
    options.setExtractors(List.of("dictionary", "llm"));
    options.setLlmUrl("http://127.0.0.1:9/v1");
    options.setLlmModel("unused");
  }
}
