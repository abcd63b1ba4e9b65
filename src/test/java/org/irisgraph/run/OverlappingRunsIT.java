package org.irisgraph.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.PasswordReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two runs of one pipeline, in processes of their own, against one database. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
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
    runToTheEnd("once");
    Process first;
    try (Connection blocking = Database.connect(postgres.settings());
        Statement statement = blocking.createStatement()) {
      blocking.setAutoCommit(false);
      statement.execute("LOCK TABLE RAG.SourceDocuments IN EXCLUSIVE MODE");
      first = start("first", "--reindex=all", "--leaseSeconds=2");
      awaitHolder(first.pid());
      Process second = start("second", "--leaseSeconds=2");

      assertThat(exitCode(second), is(1));
      assertThat(
          output("second"),
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
    runToTheEnd("once");
    Map<String, List<String>> undisturbed = contents();
    postgres.execute("DROP SCHEMA RAG CASCADE");
    Process first = start("first", "--leaseSeconds=3600");
    awaitHolder(first.pid());
    first.destroyForcibly().waitFor();

    runToTheEnd("second", "--leaseSeconds=3600");

    assertThat(output("second"), containsString("took the lease over from run "));
    assertThat(contents(), is(undisturbed));
  }

  @Test
  void aRunThatWasSuspendedForTooLongCannotCommitAnyMore() throws Exception {
    runToTheEnd("once");
    Map<String, List<String>> undisturbed = contents();
    Process first = start("first", "--reindex=all", "--leaseSeconds=2");
    awaitHolder(first.pid());
    signal("STOP", first.pid());
    Process second = start("second", "--reindex=all", "--leaseSeconds=2");
    awaitHolder(second.pid());
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
          IndexerProcess.of(corpus, h2, "--leaseSeconds=1")
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

  private void runToTheEnd(String name, String... more) throws Exception {
    Process run = start(name, more);
    assertThat(output(name), exitCode(run), is(3));
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

  /** Waits until a process holds the lease. */
  private void awaitHolder(long pid) {
    await("process %d takes the lease".formatted(pid))
        .atMost(SECONDS_OF_A_RUN, TimeUnit.SECONDS)
        .pollInterval(20, TimeUnit.MILLISECONDS)
        .until(this::holder, holder -> holder.contains(Long.toString(pid)));
  }

  /** The run and the process that hold the lease; empty if it is free. */
  private List<String> holder() throws SQLException {
    try (Connection connection = Database.connect(postgres.settings());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT run_id, pid FROM RAG.IndexingLease")) {
      return row.next() ? List.of(row.getString(1), row.getString(2)) : List.of();
    } catch (SQLException e) {
      if (UNDEFINED_TABLE.equals(e.getSQLState())) {
        return List.of();
      }
      throw e;
    }
  }

  private static void signal(String name, long pid) throws Exception {
    assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor(), is(0));
  }

  private Map<String, List<String>> contents() throws SQLException {
    try (IndexingRun run =
        new IndexingRun(corpus, options -> {}, Database.connect(postgres.settings()))) {
      return run.contents();
    }
  }
}
