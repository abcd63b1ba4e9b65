package org.irisgraph.runner;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.irisgraph.iris.wire.IrisWireServer;
import org.irisgraph.run.IndexingRun;
import org.irisgraph.run.PasswordPostgres;
import org.junit.jupiter.api.Test;

/** Runs on a Flink cluster with wrong credentials, lost processes and an absent database. */
abstract class FlinkClusterFaults extends FlinkClusterFixture {

  private static final int SECONDS_AWAY = 20;
  private static final String STORED = "SELECT COUNT(*) FROM RAG.SourceDocuments";
  private static final String SINK = "org.irisgraph.iris.IrisIO.";

  /** The same as among Flink's metrics. */
  private static final String COMMITTED_DOCUMENTS =
      "org_irisgraph_iris_IrisIO_rows_committed_RAG_SourceDocuments";

  @Test
  void endsBeforeTheClusterIsAskedIfTheLauncherHasAWrongPassword() throws Exception {
    LaunchedRun launched =
        launch(Target.postgres("refused", FORGOTTEN_VARIABLE), "--parallelism=1").toTheEnd();

    assertFails(launched, "error: cannot connect to " + postgres.jdbcUrl("refused"));
    assertThat(launched.output(), containsString("password authentication failed"));
    assertThat(launched.output(), not(containsString("Flink job")));
  }

  /** What a new start cannot mend fails the job at once, though it may be started again. */
  @Test
  void saysWhatTheTaskManagersLack() throws Exception {
    Path password = Files.writeString(directory.resolve("iris-password"), "SYS");
    try (IrisWireServer iris = IrisWireServer.start()) {
      postgres.createDatabase("unknown");
      postgres.createDatabase("changed");
      LaunchedRun noVariable =
          launch(Target.postgres("unknown", LAUNCHERS_VARIABLE), "--parallelism=1");
      LaunchedRun wrongPassword =
          launch(Target.postgres("changed", CHANGED_VARIABLE), "--parallelism=1");
      LaunchedRun noDriver =
          launch(
              new Target("driver", iris.jdbcUrl(), iris.user(), "file:" + password),
              "--parallelism=1");

      String says = "error: a TaskManager of http://%s reports: ".formatted(cluster.master());
      assertFails(
          noVariable.toTheEnd(),
          says
              + "the database refuses: environment variable %s is not set"
                  .formatted(LAUNCHERS_VARIABLE));
      assertFails(
          wrongPassword.toTheEnd(),
          says
              + "the database refuses: FATAL: password authentication failed for user \"indexer\"");
      assertFails(
          noDriver.toTheEnd(),
          says
              + "the database refuses: the driver of InterSystems IRIS is not on the class path: add"
              + " com.intersystems:intersystems-jdbc; on a Flink cluster, put its jar into Flink's"
              + " lib directory on every machine, and restart Flink");
      for (LaunchedRun launched : List.of(noVariable, wrongPassword, noDriver)) {
        assertThat(launched.name(), attempts(launched.jobId()), everyItem(is(0L)));
      }
    }
    assertThat(cluster.output(), not(containsString(EARLIER_PASSWORD)));
  }

  @Test
  void goesOnWhenATaskManagerIsKilled() throws Exception {
    LaunchedRun launched =
        launch("worker", "--parallelism=2", "--batchRows=100", "--executionRetryDelay=1000");
    awaitStored(launched);

    cluster.killTaskManager();
    long storedBefore = stored("worker");
    launched.toTheEnd();

    assertThat(storedBefore, is(lessThan((long) LINES)));
    assertThat(launched.output(), launched.exitValue(), is(3));
    assertThat(contents("worker"), is(expected));
    cluster.startTaskManager();
    cluster.awaitTaskManagers(2);
  }

  @Test
  void waitsForADatabaseThatIsAway() throws Exception {
    LaunchedRun launched = launch("outage", "--parallelism=2", "--batchRows=100");
    awaitStored(launched);
    String job = launched.jobId();

    postgres.goAway();
    Callable<Boolean> isTimeOver = after(SECONDS_AWAY);
    Map<String, Long> counters;
    try {
      // The JobManager fetches them when it is asked, and has them when it is asked again.
      cluster.await(
          "counters", SECONDS_AWAY, () -> figures.ofRunning(job).containsKey(COMMITTED_DOCUMENTS));
      counters = figures.ofRunning(job);
      cluster.await(SECONDS_AWAY + " seconds without database", SECONDS_AWAY + 10, isTimeOver);
    } finally {
      postgres.comeBack();
    }
    launched.toTheEnd();

    assertThat(launched.output(), launched.exitValue(), is(3));
    assertThat(contents("outage"), is(expected));
    assertThat(
        counters.get(COMMITTED_DOCUMENTS),
        is(both(greaterThan(0L)).and(lessThan((long) expected.get("documents").size()))));
    assertThat(figures.ofEnded(job).get(SINK + "batches.retried"), is(greaterThan(0L)));
    // Retried by the writers: nothing of the job was started anew.
    JsonNode exceptions = cluster.get("/jobs/%s/exceptions".formatted(job));
    assertThat(exceptions.toString(), exceptions.path("root-exception").isNull(), is(true));
  }

  @Test
  void cancelsTheJobWhenItIsAskedToStop() throws Exception {
    Path summary = directory.resolve("summary.json");
    LaunchedRun launched =
        launch("stopped", "--parallelism=2", "--batchRows=100", "--summary=" + summary);
    awaitStored(launched);

    launched.process().destroy();
    launched.toTheEnd();

    assertThat(stored("stopped"), is(lessThan((long) LINES)));
    assertThat(launched.output(), launched.exitValue(), is(143));
    assertThat(cluster.get("/jobs/" + launched.jobId()).path("state").asText(), is("CANCELED"));
    assertThat(
        new ObjectMapper().readTree(summary.toFile()).path("status").asText(), is("stopped"));
    assertThatTheNextRunGoesOn("stopped");
  }

  /** On the DirectRunner, in this JVM: how a run is started on a cluster is of no concern here. */
  private static void assertThatTheNextRunGoesOn(String database) throws Exception {
    try (IndexingRun next = directRun(database)) {
      assertThat(next.run(options -> {}).documents().unchanged(), is(greaterThan(0L)));
    }
    assertThat(contents(database), is(expected));
  }

  @Test
  void saysThatTheJobManagerIsGone() throws Exception {
    LaunchedRun launched = launch("master", "--parallelism=2", "--batchRows=100");
    awaitStored(launched);

    cluster.killJobManager();
    long storedBefore = stored("master");
    cluster.startJobManager();
    launched.toTheEnd();

    assertThat(storedBefore, is(lessThan((long) LINES)));
    assertThat(launched.output(), launched.exitValue(), is(1));
    assertThat(
        launched.output(),
        containsString(
            "error: the Flink cluster at http://%s has forgotten".formatted(cluster.master())));
    assertThat(launched.output(), not(containsString("\tat ")));
    cluster.awaitTaskManagers(2);
    awaitNoRenewal("master");
    assertThatTheNextRunGoesOn("master");
  }

  private static void assertFails(LaunchedRun launched, String message) throws Exception {
    assertThat(launched.output(), launched.exitValue(), is(1));
    assertThat(launched.output(), containsString(message));
    assertThat(launched.output(), not(containsString("\tat ")));
    assertThat(launched.output(), not(containsString(PasswordPostgres.PASSWORD)));
    assertThat(launched.output(), not(containsString(EARLIER_PASSWORD)));
  }

  /** How often each subtask of a job was started again. */
  private static List<Long> attempts(String jobId) throws Exception {
    List<Long> attempts = new ArrayList<>();
    for (JsonNode vertex : cluster.get("/jobs/" + jobId).path("vertices")) {
      cluster
          .get("/jobs/%s/vertices/%s".formatted(jobId, vertex.path("id").asText()))
          .path("subtasks")
          .forEach(subtask -> attempts.add(subtask.path("attempt").asLong()));
    }
    assertThat(attempts, is(not(empty())));
    return attempts;
  }

  private static Callable<Boolean> after(long seconds) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    return () -> System.nanoTime() > end;
  }

  /** Waits, as long as it lives, until a run has stored so much that it is in full swing. */
  private static void awaitStored(LaunchedRun launched) throws Exception {
    try (Connection connection = postgres.connect(launched.name())) {
      cluster.await(
          "documents stored, or the end of the run",
          180,
          () -> !launched.process().isAlive() || number(connection, STORED) > LINES / 10);
    }
    assertThat(launched.output() + cluster.output(), launched.process().isAlive(), is(true));
  }

  /** A busy TaskManager takes its time to notice that its job is gone, and renews until then. */
  private static void awaitNoRenewal(String database) throws Exception {
    long[] renewals = {-1};
    long[] since = {0};
    try (Connection connection = postgres.connect(database)) {
      cluster.await(
          "a lease that nobody renews",
          120,
          () -> {
            long now =
                number(connection, "SELECT COALESCE(MAX(renewals), 0) FROM RAG.IndexingLease");
            if (now != renewals[0]) {
              renewals[0] = now;
              since[0] = System.nanoTime();
            }
            return System.nanoTime() - since[0] > TimeUnit.SECONDS.toNanos(6);
          });
    }
  }

  private static long stored(String database) throws SQLException {
    try (Connection connection = postgres.connect(database)) {
      return number(connection, STORED);
    }
  }

  private static long number(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      result.next();
      return result.getLong(1);
    }
  }
}
