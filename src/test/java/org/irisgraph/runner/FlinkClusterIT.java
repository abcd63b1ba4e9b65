package org.irisgraph.runner;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasEntry;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.irisgraph.iris.wire.IrisWireServer;
import org.irisgraph.run.IndexingRun;
import org.irisgraph.run.PasswordPostgres;
import org.irisgraph.run.TestCorpus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The program on a Flink cluster of three JVMs, started by the commands of docs/flink.md, with the
 * jars that the build has made.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class FlinkClusterIT {

  private static final int LINES = 4000;

  /** Those lines, and what else is in the corpus. */
  private static final int DOCUMENTS = LINES - 40 + TestCorpus.GOOD + TestCorpus.BAD;

  private static final int SECONDS_AWAY = 20;
  private static final String PASSWORD_VARIABLE = "TEST_DATABASE_PASSWORD";
  private static final String LAUNCHERS_VARIABLE = "LAUNCHERS_DATABASE_PASSWORD";

  /** Has the password on the launcher's machine, and an earlier one in the cluster. */
  private static final String CHANGED_VARIABLE = "CHANGED_DATABASE_PASSWORD";

  /** The other way round. */
  private static final String FORGOTTEN_VARIABLE = "FORGOTTEN_DATABASE_PASSWORD";

  /** Those that are indexed; one more has the id of another. */
  private static final long GOOD = DOCUMENTS - TestCorpus.BAD;

  private static final String PIPELINE = "org.irisgraph.pipeline.IndexingPipeline.";
  private static final String SINK = "org.irisgraph.iris.IrisIO.";

  /** The same as among Flink's metrics. */
  private static final String COMMITTED_DOCUMENTS =
      "org_irisgraph_iris_IrisIO_rows_committed_RAG_SourceDocuments";

  private static final String EARLIER_PASSWORD = "lantern-River-3";

  @TempDir private static Path directory;
  private static PasswordPostgres postgres;
  private static StandaloneCluster cluster;
  private static RestCounters figures;
  private static Map<String, List<String>> expected;

  @BeforeAll
  static void start() throws Exception {
    postgres = PasswordPostgres.start(directory.resolve("postgres"));
    cluster =
        StandaloneCluster.start(
            Files.createDirectories(directory.resolve("flink")),
            2,
            Map.of(
                PASSWORD_VARIABLE, PasswordPostgres.PASSWORD,
                CHANGED_VARIABLE, EARLIER_PASSWORD,
                FORGOTTEN_VARIABLE, PasswordPostgres.PASSWORD));
    figures = new RestCounters(cluster);
    TestCorpus.writeTo(corpus(), LINES);
    postgres.createDatabase("direct");
    try (IndexingRun direct =
        new IndexingRun(
            corpus(),
            options -> {
              options.setJdbcUrl(postgres.jdbcUrl("direct"));
              options.setJdbcUser("postgres");
            },
            postgres.connect("direct"))) {
      direct.run(IndexingRun::direct);
      expected = direct.contents();
    }
  }

  @AfterAll
  static void stop() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
    if (postgres != null) {
      postgres.close();
    }
  }

  @ParameterizedTest(name = "parallelism {0}")
  @ValueSource(ints = {2, 4})
  void givesTheTablesOfTheDirectRunnerWithAllTaskManagersAtWork(int parallelism) throws Exception {
    String database = "parallel" + parallelism;

    Launched launched = launch(database, "--parallelism=" + parallelism).toTheEnd();

    assertThat(launched.output(), launched.exitValue(), is(3));
    assertThat(contents(database), is(expected));
    assertThat(
        "documents that each subtask extracted",
        documents(launched.jobId(), "-> ExtractGraph", "write-records"),
        areEven(parallelism));
    assertThat(
        "documents that each subtask stored",
        documents(launched.jobId(), "-> WriteGraph/WriteBatches", "read-records"),
        areEven(parallelism));
    Map<String, Long> counters = figures.ofEnded(launched.jobId());
    assertThat(counters, hasEntry(PIPELINE + "documents.read", GOOD + 1));
    assertThat(counters, hasEntry(PIPELINE + "documents.extracted", GOOD + 1));
    assertThat(counters, hasEntry(SINK + "rows.committed.RAG.SourceDocuments", GOOD));
    assertThat(
        counters,
        hasEntry(SINK + "rows.committed.RAG.Entities", (long) expected.get("entities").size()));
    assertThat(
        counters,
        hasEntry(
            SINK + "rows.committed.RAG.EntityRelationships",
            (long) expected.get("relationships").size()));
    assertThat(counters, hasEntry(SINK + "elements.refused", (long) TestCorpus.BAD));
    assertThat(counters, hasEntry(is(SINK + "batches.committed"), greaterThan(0L)));
    assertThatNoPageShowsThePassword(launched.jobId());
  }

  @Test
  void indexesInPlaceWhatIsInTheDatabaseAlready() throws Exception {
    postgres.createDatabase("inplace");
    copyDocuments("direct", "inplace");
    List<String> documents;
    try (IndexingRun run = new IndexingRun(corpus(), options -> {}, postgres.connect("inplace"))) {
      documents = run.rows("SELECT * FROM RAG.SourceDocuments ORDER BY doc_id");
    }
    Target target = Target.postgres("inplace", PASSWORD_VARIABLE);

    Launched launched =
        launch(
                target,
                settings(target, "--jdbcInput=RAG.SourceDocuments", "dictionary.tsv"),
                "--parallelism=2")
            .toTheEnd();

    assertThat(launched.output(), launched.exitValue(), is(0));
    assertThat(contents("inplace").get("entities"), is(expected.get("entities")));
    assertThat(contents("inplace").get("relationships"), is(expected.get("relationships")));
    try (IndexingRun run = new IndexingRun(corpus(), options -> {}, postgres.connect("inplace"))) {
      assertThat(run.rows("SELECT * FROM RAG.SourceDocuments ORDER BY doc_id"), is(documents));
    }
    assertThat(
        "documents that each subtask extracted",
        documents(launched.jobId(), "-> ExtractGraph", "write-records"),
        areEven(2));
    assertThatNoPageShowsThePassword(launched.jobId());
  }

  /** As somebody else has stored them. */
  private static void copyDocuments(String from, String to) throws SQLException {
    try (Connection source = postgres.connect(from);
        Connection copy =
            DriverManager.getConnection(
                postgres.jdbcUrl(to), PasswordPostgres.USER, PasswordPostgres.PASSWORD);
        Statement statement = copy.createStatement()) {
      statement.execute("CREATE SCHEMA RAG");
      statement.execute(
          "CREATE TABLE RAG.SourceDocuments (doc_id VARCHAR(255) PRIMARY KEY, text_content TEXT,"
              + " metadata VARCHAR(2000), owner_name VARCHAR(9) NOT NULL)");
      try (Statement documents = source.createStatement();
          ResultSet rows =
              documents.executeQuery("SELECT doc_id, text_content FROM RAG.SourceDocuments");
          PreparedStatement insert =
              copy.prepareStatement(
                  "INSERT INTO RAG.SourceDocuments VALUES (?, ?, 'theirs', 'them')")) {
        while (rows.next()) {
          insert.setString(1, rows.getString(1));
          insert.setString(2, rows.getString(2));
          insert.addBatch();
        }
        insert.executeBatch();
      }
    }
  }

  @Test
  void takesTheJarOverTheRestInterface() throws Exception {
    postgres.createDatabase("uploaded");
    String jar = cluster.upload(Path.of("target/iris-graph-indexer-bundled.jar"));
    List<String> program = new ArrayList<>(List.of("index"));
    program.addAll(List.of("--runner=FlinkRunner", "--streaming=true"));
    program.addAll(List.of("--shutdownSourcesAfterIdleMs=0", "--parallelism=2"));
    program.addAll(
        settings(Target.postgres("uploaded", PASSWORD_VARIABLE), corpus() + "/dictionary.tsv"));
    program.add("--summary=" + directory.resolve("uploaded/summary.json"));
    program.add("--deadLetters=" + directory.resolve("uploaded/dead-letters"));

    JsonNode refused = cluster.run(jar, List.of("index", "--inputs=nothing"));
    JsonNode accepted = cluster.run(jar, program);

    assertThat(refused.toString(), containsString("did you mean \\\"input\\\"?"));
    assertThat(accepted.toString(), accepted.path("jobid").isTextual(), is(true));
    cluster.awaitState(accepted.path("jobid").asText(), "FINISHED");
    assertThat(contents("uploaded"), is(expected));
    assertThat(cluster.output(), containsString(DOCUMENTS + " documents read"));
    assertThat(Files.exists(directory.resolve("uploaded")), is(false));
    assertThatTheLedgerTellsTheOutcome("uploaded");
  }

  @Test
  void endsBeforeTheClusterIsAskedIfTheLauncherHasAWrongPassword() throws Exception {
    Launched launched =
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
      Launched noVariable =
          launch(Target.postgres("unknown", LAUNCHERS_VARIABLE), "--parallelism=1");
      Launched wrongPassword =
          launch(Target.postgres("changed", CHANGED_VARIABLE), "--parallelism=1");
      Launched noDriver =
          launch(
              new Target("driver", iris.jdbcUrl(), iris.user(), "file:" + password),
              "--parallelism=1");

      String says = "error: a TaskManager of http://%s says: ".formatted(cluster.master());
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
              + "the database refuses: the InterSystems driver is missing here: put"
              + " intersystems-jdbc-*.jar into Flink's lib directory on every machine, and restart"
              + " Flink");
      for (Launched launched : List.of(noVariable, wrongPassword, noDriver)) {
        assertThat(launched.name(), attempts(launched.jobId()), everyItem(is(0L)));
      }
    }
    assertThat(cluster.output(), not(containsString(EARLIER_PASSWORD)));
  }

  @Test
  void goesOnWhenATaskManagerIsKilled() throws Exception {
    Launched launched =
        launch("worker", "--parallelism=2", "--batchRows=100", "--executionRetryDelay=1000");
    awaitStored("worker");

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
    Launched launched = launch("outage", "--parallelism=2", "--batchRows=100");
    awaitStored("outage");
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
    assertThat(
        cluster.get("/jobs/%s/exceptions".formatted(job)).path("root-exception").isNull(),
        is(true));
  }

  @Test
  void cancelsTheJobWhenItIsAskedToStop() throws Exception {
    Path summary = directory.resolve("summary.json");
    Launched launched =
        launch("stopped", "--parallelism=2", "--batchRows=100", "--summary=" + summary);
    awaitStored("stopped");

    launched.process().destroy();
    launched.toTheEnd();

    assertThat(stored("stopped"), is(lessThan((long) LINES)));
    assertThat(launched.output(), launched.exitValue(), is(143));
    assertThat(cluster.get("/jobs/" + launched.jobId()).path("state").asText(), is("CANCELED"));
    assertThat(new ObjectMapper().readTree(summary.toFile()).path("status").asText(), is("failed"));
    goesOnWhereItStopped("stopped");
  }

  @Test
  void saysThatTheJobManagerIsGone() throws Exception {
    Launched launched = launch("master", "--parallelism=2", "--batchRows=100");
    awaitStored("master");

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
    goesOnWhereItStopped("master");
  }

  /** With the queries of docs/flink.md, and with the one that the program prints. */
  private static void assertThatTheLedgerTellsTheOutcome(String database) throws Exception {
    Matcher given =
        Pattern.compile("SELECT outcome, .* GROUP BY outcome, stale").matcher(cluster.output());
    assertThat(cluster.output(), given.find(), is(true));
    Matcher queries =
        Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("docs/flink.md")));
    List<String> documented =
        queries.results().map(query -> query.group(1).replace("'corpus'", "'test'")).toList();
    assertThat(documented, hasSize(2));
    try (IndexingRun run = new IndexingRun(corpus(), options -> {}, postgres.connect(database))) {
      assertThat(
          run.rows(given.group()),
          containsInAnyOrder("indexed|0|" + GOOD, "rejected|0|" + TestCorpus.BAD));
      assertThat(
          run.rows(documented.get(0)),
          containsInAnyOrder("indexed|0|now|" + GOOD, "rejected|0|now|" + TestCorpus.BAD));
      List<String> reasons = run.rows(documented.get(1));
      assertThat(reasons, hasSize(TestCorpus.BAD));
      assertThat(reasons, hasItem(containsString("DUPLICATE_DOCUMENT_ID")));
    }
  }

  private static void assertFails(Launched launched, String message) throws Exception {
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

  private static void assertThatNoPageShowsThePassword(String jobId) throws Exception {
    String job = "/jobs/" + jobId;
    // The options are shown, which is why the password must not be one.
    assertThat(
        cluster.get(job + "/config").toString(),
        containsString("\"jdbcUser\":\"" + PasswordPostgres.USER));
    List<String> pages = new ArrayList<>(List.of(job, job + "/config", job + "/plan"));
    pages.addAll(List.of(job + "/exceptions", job + "/accumulators?includeSerializedValue=true"));
    pages.addAll(List.of("/config", "/jobmanager/config", "/jobmanager/environment"));
    for (JsonNode taskManager : cluster.get("/taskmanagers").path("taskmanagers")) {
      pages.add("/taskmanagers/" + taskManager.path("id").asText());
    }
    for (JsonNode vertex : cluster.get(job).path("vertices")) {
      pages.add(job + "/vertices/" + vertex.path("id").asText());
    }
    for (String page : pages) {
      assertThat(
          page, cluster.get(page).toString(), not(containsString(PasswordPostgres.PASSWORD)));
    }
    assertThat(cluster.output(), not(containsString(PasswordPostgres.PASSWORD)));
  }

  private static void goesOnWhereItStopped(String database) throws Exception {
    Launched next =
        launch(Target.postgres(database, PASSWORD_VARIABLE), "--parallelism=2").toTheEnd();

    assertThat(next.output(), next.exitValue(), is(3));
    assertThat(next.output(), not(containsString(" 0 unchanged")));
    assertThat(contents(database), is(expected));
  }

  /** Documents that each subtask of a step has read or written, as the REST interface tells. */
  private static List<Long> documents(String jobId, String step, String metric) throws Exception {
    List<Long> documents = new ArrayList<>();
    for (JsonNode vertex : cluster.get("/jobs/" + jobId).path("vertices")) {
      if (vertex.path("name").asText().contains(step)) {
        cluster
            .get("/jobs/%s/vertices/%s".formatted(jobId, vertex.path("id").asText()))
            .path("subtasks")
            .forEach(subtask -> documents.add(subtask.path("metrics").path(metric).asLong()));
      }
    }
    System.out.println(step + " " + documents);
    return documents;
  }

  private static org.hamcrest.Matcher<Iterable<? extends Long>> areEven(int subtasks) {
    double mean = (double) DOCUMENTS / subtasks;
    return everyItem(
        both(greaterThan(Math.round(mean * 0.7))).and(lessThan(Math.round(mean * 1.3))));
  }

  private static Callable<Boolean> after(long seconds) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    return () -> System.nanoTime() > end;
  }

  /** Waits until a run has stored so much that it is in full swing. */
  private static void awaitStored(String database) throws Exception {
    cluster.await("documents stored", 90, () -> stored(database) > LINES / 10);
  }

  /** A busy TaskManager takes its time to notice that its job is gone, and renews until then. */
  private static void awaitNoRenewal(String database) throws Exception {
    long[] renewals = {-1};
    long[] since = {0};
    cluster.await(
        "a lease that nobody renews",
        120,
        () -> {
          long now = number(database, "SELECT COALESCE(MAX(renewals), 0) FROM RAG.IndexingLease");
          if (now != renewals[0]) {
            renewals[0] = now;
            since[0] = System.nanoTime();
          }
          return System.nanoTime() - since[0] > TimeUnit.SECONDS.toNanos(6);
        });
  }

  private static long stored(String database) throws SQLException {
    return number(database, "SELECT COUNT(*) FROM RAG.SourceDocuments");
  }

  private static long number(String database, String query) throws SQLException {
    try (Connection connection = postgres.connect(database);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      result.next();
      return result.getLong(1);
    }
  }

  private static Path corpus() {
    return directory.resolve("corpus");
  }

  private static Map<String, List<String>> contents(String database) throws SQLException {
    try (IndexingRun run = new IndexingRun(corpus(), options -> {}, postgres.connect(database))) {
      return run.contents();
    }
  }

  /**
   * Where a run stores.
   *
   * @param name of the run's files
   */
  private record Target(String name, String jdbcUrl, String user, String passwordFrom) {

    static Target postgres(String database, String passwordVariable) {
      return new Target(
          database, postgres.jdbcUrl(database), PasswordPostgres.USER, "env:" + passwordVariable);
    }
  }

  private static Launched launch(String database, String... more) throws Exception {
    postgres.createDatabase(database);
    return launch(Target.postgres(database, PASSWORD_VARIABLE), more);
  }

  private static Launched launch(Target target, String... more) throws Exception {
    // Of the launcher's working directory, where no TaskManager is.
    return launch(target, settings(target, "dictionary.tsv"), more);
  }

  private static Launched launch(Target target, List<String> settings, String... more)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-jar", absolute("target/iris-graph-indexer.jar"), "index"));
    command.add(absolute("runner-configs/flink-cluster.yaml"));
    command.add("--flinkMaster=" + cluster.master());
    command.addAll(settings);
    command.addAll(List.of(more));
    return Launched.start(command, target.name(), directory.resolve(target.name() + ".txt"));
  }

  private static String absolute(String path) {
    return Path.of(path).toAbsolutePath().toString();
  }

  private static List<String> settings(Target target, String dictionary) {
    String input =
        "--input=%1$s/**.jsonl,%1$s/**.txt,%1$s/**.md,%1$s/**.xml,%1$s/*.gz".formatted(corpus());
    return settings(target, input, dictionary);
  }

  private static List<String> settings(Target target, String input, String dictionary) {
    return List.of(
        "--pipeline=test",
        input,
        "--dictionary=" + dictionary,
        "--jdbcUrl=" + target.jdbcUrl(),
        "--jdbcUser=" + target.user(),
        "--jdbcPasswordFrom=" + target.passwordFrom(),
        // After a cluster is lost, the next run waits so long for signs of life of the job.
        "--leaseSeconds=5",
        "--createTables=true");
  }

  /** A run of the program in a process of its own. */
  private record Launched(Process process, String name, Path file) {

    private static final Pattern JOB = Pattern.compile("Flink job ([0-9a-f]{32})");
    private static final long SECONDS = 180;

    static Launched start(List<String> command, String name, Path file) throws Exception {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(corpus().toFile())
              .redirectErrorStream(true)
              .redirectOutput(file.toFile());
      builder.environment().put(PASSWORD_VARIABLE, PasswordPostgres.PASSWORD);
      builder.environment().put(LAUNCHERS_VARIABLE, PasswordPostgres.PASSWORD);
      builder.environment().put(CHANGED_VARIABLE, PasswordPostgres.PASSWORD);
      builder.environment().put(FORGOTTEN_VARIABLE, EARLIER_PASSWORD);
      return new Launched(builder.start(), name, file);
    }

    Launched toTheEnd() throws Exception {
      boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
      process.destroyForcibly().waitFor();
      assertThat(output() + cluster.output(), ended, is(true));
      return this;
    }

    int exitValue() {
      return process.exitValue();
    }

    String output() throws Exception {
      return Files.readString(file);
    }

    String jobId() throws Exception {
      Matcher id = JOB.matcher(output());
      assertThat(output(), id.find(), is(true));
      return id.group(1);
    }
  }
}
