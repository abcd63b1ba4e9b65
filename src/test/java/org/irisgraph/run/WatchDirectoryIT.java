package org.irisgraph.run;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.PasswordReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program watches a directory, in a process of its own, and writes to a PostgreSQL server. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
@Tag("slow")
class WatchDirectoryIT {

  @TempDir private Path directory;
  private Path corpus;
  private TestTarget postgres;
  private IndexingRun tables;

  @BeforeEach
  void startServer() throws Exception {
    corpus = Files.createDirectories(directory.resolve("corpus"));
    Files.writeString(
        corpus.resolve("dictionary.tsv"),
        "asthma\tDISEASE\ngout\tDISEASE\nlupus\tDISEASE\nmeasles\tDISEASE\n");
    postgres = TestTarget.postgres();
    tables = tablesOf(postgres.settings());
  }

  @AfterEach
  void stopServer() throws Exception {
    tables.close();
    postgres.close();
  }

  @Test
  void indexesWhatArrivesAndChangesUntilItIsStopped() throws Exception {
    write("first.txt", "Asthma and gout.");
    try (WatchingProcess process = start("first")) {
      process.await("the tables", this::hasTables);
      awaitText(process, "first.txt", "Asthma and gout.");

      write("year/2024/note.md", "# Gout\n\nAnd measles.\n");
      write("lines.jsonl", line("a", "Gout.") + "{broken\n" + line("b", "Lupus."));
      Files.write(corpus.resolve("latin.txt"), "caf\u00e9 and gout".getBytes(ISO_8859_1));
      write("shrinks.jsonl", line("s", "Asthma.") + line("t", "Gout.") + "{broken\n");
      write("breaks.txt", "Measles and gout.");
      awaitText(process, "note.md", "Gout\n\nAnd measles.");
      awaitOutcomes(process, "latin.txt", "rejected");
      awaitOutcomes(process, "lines.jsonl", "indexed", "rejected", "indexed");
      awaitOutcomes(process, "shrinks.jsonl", "indexed", "indexed", "rejected");
      awaitText(process, "breaks.txt", "Measles and gout.");

      write("first.txt", "Lupus instead.");
      // Every document of this file moves to another line.
      write("lines.jsonl", line("c", "Asthma.") + line("a", "Gout!") + line("b", "Lupus."));
      write("latin.txt", "Gout in UTF-8.");
      write("shrinks.jsonl", line("s", "Asthma.") + line("t", "Gout, too."));
      Files.write(corpus.resolve("breaks.txt"), "caf\u00e9".getBytes(ISO_8859_1));
      awaitText(process, "first.txt", "Lupus instead.");
      awaitOutcomes(process, "lines.jsonl", "indexed", "indexed", "indexed");
      awaitOutcomes(process, "latin.txt", "indexed");
      awaitText(process, "shrinks.jsonl", "Gout, too.");
      process.await(
          "a document that has become unreadable",
          () -> rows("SELECT 1 FROM RAG.DocumentLedger WHERE stale = 1").equals(List.of("1")));
      write("breaks.txt", "Measles again.");
      awaitText(process, "breaks.txt", "Measles again.");

      process.stop();
      assertThat(process.output(), containsString("succeeded after"));
    }
    JsonNode summary = summary("first");
    assertThat(summary.at("/status").asText(), is("succeeded"));
    assertThat(summary.at("/documents/read").asInt(), is(9));
    assertThat(summary.at("/documents/indexed").asInt(), is(9));
    assertThat(tables.contents(), is(contentsOfAPlainRun()));

    // Changes made between two runs are found by the next one.
    String firstRun = summary.at("/runId").asText();
    write("first.txt", "Measles by now.");
    write("late/late.txt", "Asthma.");
    try (WatchingProcess process = start("second")) {
      awaitText(process, "first.txt", "Measles by now.");
      awaitText(process, "late.txt", "Asthma.");
      process.await(
          "all documents seen",
          () ->
              rows("SELECT 1 FROM RAG.DocumentLedger WHERE seen_run_id = '" + firstRun + "'")
                  .isEmpty());
      process.stop();
    }
    summary = summary("second");
    assertThat(summary.at("/documents/unchanged").asInt(), is(8));
    assertThat(summary.at("/documents/indexed").asInt(), is(2));
    assertThat(tables.contents(), is(contentsOfAPlainRun()));
  }

  @Test
  void storesSmallBatchesAlsoIfCheckpointsComeInBetween() throws Exception {
    write("first.txt", "Asthma and gout.");
    try (WatchingProcess process =
        start("checkpoints", "--checkpointingInterval=100", "--linkEntities=nodes")) {
      process.await("the tables", this::hasTables);
      for (int i = 0; i < 10; i++) {
        write("next.txt", "Gout " + i + ".");
        awaitText(process, "next.txt", "Gout " + i + ".");
      }
      write("next.txt", "Lupus.");
      process.await(
          "nodes of what is stored by now",
          () ->
              rows("SELECT node_key FROM RAG.GraphNodes ORDER BY node_key")
                  .equals(List.of("DISEASE:asthma", "DISEASE:gout", "DISEASE:lupus")));
      process.stop();
    }
    assertThat(summary("checkpoints").at("/documents/indexed").asInt(), is(2));
  }

  @Test
  void endsWithAMessageIfTheDatabaseStaysAway() throws Exception {
    write("first.txt", "Asthma and gout.");
    EmbeddedPostgres server = EmbeddedPostgres.start();
    ConnectionSettings settings =
        new ConnectionSettings(
            "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(server.getPort()),
            "postgres",
            PasswordReference.of(null),
            Map.of(),
            1);
    try (WatchingProcess process =
        start("outage", settings, "--retrySeconds=1", "--numberOfExecutionRetries=0")) {
      tables.close();
      tables = tablesOf(settings);
      process.await("the tables", this::hasTables);
      awaitText(process, "first.txt", "Asthma and gout.");
      server.close();
      write("second.txt", "Lupus.");

      assertThat(process.awaitEnd(), is(1));
      assertThat(process.output(), containsString("error: gave up after"));
    } finally {
      server.close();
    }
  }

  @Test
  void goesOnByItselfAfterAFailureThatPasses() throws Exception {
    write("first.txt", "Asthma and gout.");
    try (WatchingProcess process =
        start("restart", "--retrySeconds=1", "--executionRetryDelay=100")) {
      process.await("the tables", this::hasTables);
      awaitText(process, "first.txt", "Asthma and gout.");
      tables.execute(
          "CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS"
              + " $$ BEGIN RAISE EXCEPTION 'busy' USING ERRCODE = '40001'; END $$");
      tables.execute("CREATE TRIGGER fail BEFORE INSERT ON RAG.Entities EXECUTE FUNCTION fail()");
      write("second.txt", "Lupus.");
      process.await(
          "a failed job", () -> process.output().contains("switched from RUNNING to FAILED"));
      tables.execute("DROP TRIGGER fail ON RAG.Entities");
      write("third.txt", "Measles.");
      awaitText(process, "second.txt", "Lupus.");
      awaitText(process, "third.txt", "Measles.");
      process.stop();
    }
    assertThat(summary("restart").at("/documents/indexed").asInt(), is(3));
    assertThat(tables.contents(), is(contentsOfAPlainRun()));
  }

  private static IndexingRun tablesOf(ConnectionSettings settings) throws Exception {
    return new IndexingRun(Path.of("."), options -> {}, Database.connect(settings));
  }

  private WatchingProcess start(String name, String... more) throws Exception {
    return start(name, postgres.settings(), more);
  }

  private WatchingProcess start(String name, ConnectionSettings settings, String... more)
      throws Exception {
    String[] all =
        Stream.concat(
                Stream.of(more),
                Stream.of(
                    "--summary=" + directory.resolve(name + ".json"),
                    "--deadLetters=" + directory.resolve("letters")))
            .toArray(String[]::new);
    return WatchingProcess.start(corpus, settings.jdbcUrl(), directory.resolve(name + ".out"), all);
  }

  private JsonNode summary(String name) throws Exception {
    return new ObjectMapper().readTree(directory.resolve(name + ".json").toFile());
  }

  private void awaitText(WatchingProcess process, String source, String text) throws Exception {
    process.await(
        source + ": " + text,
        () ->
            rows("SELECT text_content FROM RAG.SourceDocuments JOIN RAG.DocumentLedger"
                    + " ON doc_id = document_id WHERE source LIKE '%/"
                    + source
                    + "'")
                .contains(text));
  }

  private void awaitOutcomes(WatchingProcess process, String source, String... outcomes)
      throws Exception {
    process.await(
        source + ": " + List.of(outcomes),
        () ->
            rows("SELECT outcome FROM RAG.DocumentLedger WHERE source LIKE '%/"
                    + source
                    + "' ORDER BY source_position")
                .equals(List.of(outcomes)));
  }

  private boolean hasTables() throws SQLException {
    return !rows("SELECT to_regclass('rag.documentledger')").contains("null");
  }

  private List<String> rows(String query) throws SQLException {
    return tables.rows(query);
  }

  private static String line(String id, String text) {
    return "{\"id\":\"%s\",\"text\":\"%s\"}\n".formatted(id, text);
  }

  private void write(String name, String text) throws Exception {
    Path file = corpus.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** What a run that reads the directory once, as it is now, stores in empty tables. */
  private Map<String, List<String>> contentsOfAPlainRun() throws Exception {
    try (TestTarget empty = TestTarget.postgres();
        IndexingRun plain =
            new IndexingRun(corpus, empty::useIn, Database.connect(empty.settings()))) {
      plain.run(options -> {});
      return plain.contents();
    }
  }
}
