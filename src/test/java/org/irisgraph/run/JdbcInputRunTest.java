package org.irisgraph.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.PasswordReference;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.UsageException;
import org.irisgraph.report.Summary;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that read a table. */
class JdbcInputRunTest {

  @TempDir private Path directory;

  /** A database in memory with documents that another tool has stored, and a run over them. */
  private final class Documents implements AutoCloseable {
    private final String url = "jdbc:h2:mem:" + UUID.randomUUID();
    private final Connection connection = connect(url);
    private final IndexingRun indexing =
        new IndexingRun(directory, options -> options.setJdbcUrl(url), connection);

    Documents(int count) throws Exception {
      Files.writeString(directory.resolve("dictionary.tsv"), "gout\tDISEASE\nlupus\tDISEASE\n");
      indexing.execute("CREATE SCHEMA RAG");
      indexing.execute(
          "CREATE TABLE RAG.SourceDocuments (doc_id VARCHAR(255) PRIMARY KEY, text_content CLOB,"
              + " metadata VARCHAR(2000))");
      indexing.execute(
          "INSERT INTO RAG.SourceDocuments (doc_id, text_content) SELECT 'd' || x, 'Gout and lupus,"
              + " ' || x FROM SYSTEM_RANGE(1, "
              + count
              + ")");
    }

    Summary run(Consumer<IndexingOptions> settings) throws Exception {
      return indexing.run(
          options -> {
            options.setInput(null);
            options.setJdbcInput("RAG.SourceDocuments");
            settings.accept(options);
          });
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }

  private static Connection connect(String url) throws Exception {
    return Database.connect(
        new ConnectionSettings(url, null, PasswordReference.of(null), Map.of(), 1));
  }

  @Tag("slow")
  @Test
  void givesTheSameOnEachRunner() throws Exception {
    try (Documents direct = new Documents(1200);
        Documents streaming = new Documents(1200);
        Documents batch = new Documents(1200)) {
      direct.run(IndexingRun::direct);
      streaming.run(IndexingRun::flink);
      Summary summary =
          batch.run(
              options -> {
                IndexingRun.flink(options);
                options.as(FlinkPipelineOptions.class).setStreaming(false);
              });

      assertThat(summary.documents().indexed(), is(1200L));
      for (String table : List.of("entities", "relationships")) {
        List<String> expected = direct.indexing.contents().get(table);
        assertThat(streaming.indexing.contents().get(table), is(expected));
        assertThat(batch.indexing.contents().get(table), is(expected));
      }
    }
  }

  @Test
  void saysAtOnceWhatIsMissing() throws Exception {
    try (Documents documents = new Documents(1)) {
      UsageException table =
          assertThrows(
              UsageException.class,
              () -> documents.run(options -> options.setJdbcInput("RAG.Absent")));
      UsageException column =
          assertThrows(
              UsageException.class,
              () ->
                  documents.run(
                      options ->
                          options.setJdbcInput("SELECT doc_id AS x FROM RAG.SourceDocuments")));

      assertThat(table.getMessage(), containsString("ABSENT"));
      assertThat(
          column.getMessage(),
          is("jdbcInput has no column \"doc_id\"; set jdbcInputIdColumn to one of: x"));
      // Nothing was made before that was known.
      assertThat(
          documents.indexing.rows(
              "SELECT table_name FROM INFORMATION_SCHEMA.TABLES WHERE table_schema = 'RAG'"),
          contains("SOURCEDOCUMENTS"));
    }
  }

  @Tag("slow")
  @Test
  void failsAtOnceIfTheDatabaseRefuses() throws Exception {
    try (Documents documents = new Documents(1);
        PasswordPostgres postgres = PasswordPostgres.start(directory.resolve("postgres"))) {
      StoreException e =
          assertTimeout(
              Duration.ofSeconds(10),
              () ->
                  assertThrows(
                      StoreException.class,
                      () ->
                          documents.run(
                              options -> {
                                options.setJdbcInputUrl(postgres.jdbcUrl("postgres"));
                                options.setJdbcInputUser(PasswordPostgres.USER);
                              })));

      assertThat(
          e.getMessage(),
          allOf(
              startsWith("cannot connect to jdbc:postgresql:"),
              endsWith("; correct jdbcInputUrl, jdbcInputUser or jdbcInputPasswordFrom"),
              not(containsString(PasswordPostgres.PASSWORD))));
    }
  }

  @Test
  void doesNotTakeItsOwnDatabaseForAnother() throws Exception {
    try (Documents documents = new Documents(1)) {
      List<String> before = documents.indexing.rows("SELECT * FROM RAG.SourceDocuments");
      StoreException e =
          assertThrows(
              StoreException.class,
              () ->
                  documents.run(
                      options ->
                          options.setJdbcInputUrl(options.getJdbcUrl() + ";LOCK_TIMEOUT=999")));

      assertThat(e.getMessage(), containsString("under another name: leave jdbcInputUrl out"));
      assertThat(documents.indexing.rows("SELECT * FROM RAG.SourceDocuments"), is(before));
    }
  }

  @Test
  void leavesRowsThatAreNotItsOwnToOthersWhenFilesTakeTheirPlace() throws Exception {
    try (Documents documents = new Documents(3)) {
      documents.run(options -> {});
      Files.writeString(directory.resolve("one.txt"), "Gout.");

      Summary summary =
          documents.indexing.run(
              options -> {
                options.setInput(List.of(directory + "/one.txt"));
                options.setDeleteMissing(true);
                options.setForce(true);
              });

      assertThat(summary.documents().deleted(), is(0L));
      assertThat(
          documents.indexing.rows("SELECT COUNT(*) FROM RAG.SourceDocuments"), contains("4"));
    }
  }

  @Test
  void namesTheSecondRowOfAnId() throws Exception {
    try (Documents documents = new Documents(2)) {
      Consumer<IndexingOptions> twice =
          options ->
              options.setJdbcInput(
                  "SELECT doc_id, text_content FROM RAG.SourceDocuments UNION ALL"
                      + " SELECT doc_id, 'Other' FROM RAG.SourceDocuments WHERE doc_id = 'd1'");

      Summary first = documents.run(twice);
      List<String> ledger =
          documents.indexing.rows(
              "SELECT document_id, source_position, outcome, content_hash FROM RAG.DocumentLedger"
                  + " ORDER BY source_position");
      Summary again = documents.run(twice);

      assertThat(first.documents().indexed(), is(2L));
      assertThat(first.documents().rejected(), is(1L));
      assertThat(again.documents().indexed(), is(0L));
      assertThat(again.documents().rejected(), is(1L));
      assertThat(
          documents.indexing.rows(
              "SELECT document_id, source_position, outcome, content_hash FROM RAG.DocumentLedger"
                  + " ORDER BY source_position"),
          is(ledger));
    }
  }
}
