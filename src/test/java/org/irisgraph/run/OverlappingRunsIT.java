package org.irisgraph.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.irisgraph.cli.CommandRun;
import org.irisgraph.graphrag.GraphTables;
import org.irisgraph.graphrag.LinkedTables;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.PasswordReference;
import org.irisgraph.linked.LinkedGraph;
import org.irisgraph.options.LinkEntities;
import org.irisgraph.report.Summary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two runs of one pipeline or of two, most in processes of their own, against one database. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
@Tag("slow")
class OverlappingRunsIT {

  private static final long SECONDS_OF_A_RUN = 180;
  private static final String UNDEFINED_TABLE = "42P01";

  @TempDir private Path directory;
  private Path corpus;
  private TestTarget postgres;

  @BeforeEach
  void start() throws Exception {
    corpus = directory.resolve("corpus");
    TestCorpus.writeTo(corpus, 300);
    postgres = TestTarget.postgres();
  }

  @AfterEach
  void stop() throws Exception {
    postgres.close();
  }

  @Test
  void theSecondWaitsForAWhileAndThenSaysWhoIsRunning() throws Exception {
    runToTheEnd();
    Process first;
    try (Connection blocking = Database.connect(postgres.settings());
        Statement statement = blocking.createStatement()) {
      blocking.setAutoCommit(false);
      statement.execute("LOCK TABLE RAG.SourceDocuments IN EXCLUSIVE MODE");
      first = start("first", "--reindex=all", "--leaseSeconds=2");
      awaitHolder("first", first);
      await("status shows the run, whose output is " + directory.resolve("first.txt"))
          .atMost(SECONDS_OF_A_RUN, TimeUnit.SECONDS)
          .pollInterval(500, TimeUnit.MILLISECONDS)
          .until(
              () -> !first.isAlive() || status().matches("(?s).*\nrunning  .* UTC: indexing, .*"));
      CommandRun second = IndexerProcess.here(corpus, postgres.settings(), "--leaseSeconds=2");

      assertThat(second.toString(), second.exitCode(), is(1));
      assertThat(
          second.err(),
          containsString(
              "pipeline test is running: run %s (process %d on host "
                  .formatted(holder().get(0), first.pid())));
      blocking.rollback();
    }
    assertThat(output("first"), exitCode(first), is(3));
    assertThat("the lease is given back", holder(), is(List.of()));
  }

  @Test
  void aKilledRunCanBeStartedAgainAtOnce() throws Exception {
    runToTheEnd();
    Map<String, List<String>> undisturbed = contents();
    postgres.execute("DROP SCHEMA RAG CASCADE");
    Process first = start("first", "--leaseSeconds=3600");
    awaitHolder("first", first);
    await("its row begins")
        .atMost(SECONDS_OF_A_RUN, TimeUnit.SECONDS)
        .until(() -> !first.isAlive() || outcomes().equals(List.of("running")));
    first.destroyForcibly().waitFor();

    Process second = start("second", "--leaseSeconds=3600");

    assertThat(output("second"), exitCode(second), is(3));
    assertThat(output("second"), containsString("took the lease over from run "));
    assertThat(contents(), is(undisturbed));
    assertThat(outcomes(), is(List.of("abandoned", "partial")));
  }

  @Test
  void aRunThatWasSuspendedForTooLongCannotCommitAnyMore() throws Exception {
    runToTheEnd();
    Map<String, List<String>> undisturbed = contents();
    Process first = start("first", "--reindex=all", "--leaseSeconds=2");
    awaitHolder("first", first);
    signal("STOP", first.pid());
    Process second = start("second", "--reindex=all", "--leaseSeconds=2");
    awaitHolder("second", second);
    signal("CONT", first.pid());

    assertThat(output("first"), exitCode(first), is(1));
    assertThat(output("first"), containsString("has lost its lease"));
    assertThat(output("second"), exitCode(second), is(3));
    assertThat(contents(), is(undisturbed));
  }

  @Test
  void anEmbeddedDatabaseIsWaitedForToo() throws Exception {
    ConnectionSettings h2 =
        new ConnectionSettings(
            "jdbc:h2:" + directory.resolve("graph"), null, PasswordReference.of(null), Map.of(), 1);
    try (Connection open = Database.connect(h2)) {
      assertThat(open.isValid(1), is(true));
      Process run =
          IndexerProcess.of(corpus, h2, "--leaseSeconds=1", IndexerProcess.ONE_THREAD)
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("h2.txt").toFile())
              .start();
      assertThat(exitCode(run), is(1));
      assertThat(
          output("h2"),
          containsString(
              "is open in another process %d since ".formatted(ProcessHandle.current().pid())));
    }
  }

  /** Runs in this JVM, which costs a fraction of a process. */
  private void runToTheEnd() {
    CommandRun run = IndexerProcess.here(corpus, postgres.settings());
    assertThat(run.toString(), run.exitCode(), is(3));
  }

  private Process start(String name, String... more) throws Exception {
    return IndexerProcess.of(corpus, postgres.settings(), more)
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve(name + ".txt").toFile())
        .start();
  }

  private static int exitCode(Process run) throws InterruptedException {
    boolean ended = run.waitFor(SECONDS_OF_A_RUN, TimeUnit.SECONDS);
    run.destroyForcibly().waitFor();
    return ended ? run.exitValue() : -1;
  }

  private String output(String name) throws Exception {
    return Files.readString(directory.resolve(name + ".txt"), UTF_8);
  }

  /** Waits, as long as it lives, until a process holds the lease. */
  private void awaitHolder(String name, Process process) throws Exception {
    String pid = Long.toString(process.pid());
    await("process %s takes the lease".formatted(pid))
        .atMost(SECONDS_OF_A_RUN, TimeUnit.SECONDS)
        .pollInterval(20, TimeUnit.MILLISECONDS)
        .until(() -> !process.isAlive() || holder().contains(pid));
    assertThat(output(name), process.isAlive(), is(true));
  }

  /** The run and the process that hold the lease; empty if it is free. */
  private List<String> holder() throws SQLException {
    try {
      return postgres.rows("SELECT run_id, pid FROM RAG.IndexingLease").stream()
          .flatMap(row -> Stream.of(row.split("\\|", -1)))
          .toList();
    } catch (SQLException e) {
      if (UNDEFINED_TABLE.equals(e.getSQLState())) {
        return List.of();
      }
      throw e;
    }
  }

  @Test
  void twoPipelinesLinkTheirDocumentsToOneGraphAtOnce() throws Exception {
    Random random = new Random(7);
    Path both = Files.createDirectories(directory.resolve("both"));
    Files.writeString(
        both.resolve("dictionary.tsv"),
        "term\ttype\tid\ngout\tDISEASE\tC1\nasthma\tDISEASE\tC2\nlupus\tDISEASE\nflu\tDISEASE\n");
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (IndexingRun runs = linkedRuns(both)) {
      // Everything, then edits, with deletions of what the other links to.
      for (int round = 0; round < 3; round++) {
        for (String pipeline : List.of("a", "b")) {
          Path file = Files.createDirectories(both.resolve(pipeline)).resolve("documents.jsonl");
          Files.write(file, documents(pipeline, random));
        }
        List<Future<Summary>> ends = new ArrayList<>();
        for (String pipeline : List.of("a", "b")) {
          ends.add(
              threads.submit(
                  () ->
                      runs.run(
                          options -> {
                            options.setPipeline(pipeline);
                            options.setInput(List.of(both + "/" + pipeline + "/*.jsonl"));
                            options.setDeleteMissing(true);
                            options.setForce(true);
                          })));
        }
        for (Future<Summary> end : ends) {
          assertThat(end.get().status(), is(Summary.Status.SUCCEEDED));
        }
        try (Connection connection = Database.connect(postgres.settings())) {
          LinkedTables linked = new LinkedTables("RAG");
          new LinkedGraph(
                  GraphTables.of("RAG").linkedBy(linked).withSameAs(),
                  linked,
                  postgres.settings().dialect(),
                  20)
              .update(connection);
        }

        postgres.execute("DROP SCHEMA IF EXISTS CLEAN CASCADE");
        runs.run(options -> options.setSchema("CLEAN"));
        assertThat("round " + round, linked(runs, "RAG"), is(linked(runs, "CLEAN")));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private IndexingRun linkedRuns(Path corpus) throws Exception {
    return new IndexingRun(
        corpus,
        options -> {
          options.setJdbcUrl(postgres.settings().jdbcUrl());
          options.setJdbcUser(postgres.settings().user());
          options.setLinkEntities(LinkEntities.SAME_AS);
          options.setBatchRows(20);
        },
        Database.connect(postgres.settings()));
  }

  /** Some of 40 documents, each with some of four names. */
  private static List<String> documents(String pipeline, Random random) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String text =
          Stream.of("gout", "asthma", "lupus", "flu")
              .filter(name -> random.nextBoolean())
              .collect(Collectors.joining(" and "));
      if (random.nextInt(4) > 0) {
        lines.add("{\"id\":\"%s%d\",\"text\":\"No %s.\"}".formatted(pipeline, i, text));
      }
    }
    return lines;
  }

  private static List<List<String>> linked(IndexingRun runs, String schema) throws SQLException {
    List<List<String>> tables = new ArrayList<>();
    for (String table :
        List.of(
            "GraphNodes ORDER BY 1", "GraphEdges ORDER BY 1", "EntityNodes ORDER BY entity_id")) {
      tables.add(runs.rows("SELECT * FROM %s.%s".formatted(schema, table)));
    }
    tables.add(
        runs.rows(
            ("SELECT relationship_id, source_entity_id, target_entity_id, relationship_type,"
                    + " weight, confidence, source_document FROM %s.EntityRelationships ORDER BY 1")
                .formatted(schema)));
    return tables;
  }

  private static void signal(String name, long pid) throws Exception {
    assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor(), is(0));
  }

  /** What the command status writes in this JVM. */
  private String status() {
    return CommandRun.of(
            "status",
            "--pipeline=test",
            "--jdbcUrl=" + postgres.settings().jdbcUrl(),
            "--jdbcUser=" + postgres.settings().user())
        .out();
  }

  /** The outcomes of the runs in their order, as the table of runs has them. */
  private List<String> outcomes() throws SQLException {
    return postgres.rows("SELECT outcome FROM RAG.IndexingRuns ORDER BY started_at");
  }

  private Map<String, List<String>> contents() throws SQLException {
    try (IndexingRun run =
        new IndexingRun(corpus, options -> {}, Database.connect(postgres.settings()))) {
      return run.contents();
    }
  }
}
