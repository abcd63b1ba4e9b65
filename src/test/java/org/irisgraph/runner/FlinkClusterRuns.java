package org.irisgraph.runner;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.either;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.irisgraph.linked.LinkedGraph;
import org.irisgraph.options.LinkEntities;
import org.irisgraph.run.IndexingRun;
import org.irisgraph.run.PasswordPostgres;
import org.irisgraph.run.TestCorpus;
import org.junit.jupiter.api.Test;

/** What a run on a Flink cluster stores and shows. {@link FlinkClusterFaults} disturbs it. */
abstract class FlinkClusterRuns extends FlinkClusterFixture {

  private static final String PIPELINE = "org.irisgraph.pipeline.IndexingPipeline.";
  private static final String SINK = "org.irisgraph.iris.IrisIO.";

  @Test
  void givesTheTablesOfTheDirectRunnerWithAllTaskManagersAtWork() throws Exception {
    int parallelism = 4;

    LaunchedRun launched = launch("parallel", "--parallelism=" + parallelism).toTheEnd();

    assertThat(launched.output(), launched.exitValue(), is(3));
    assertThat(contents("parallel"), is(expected));
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
    // The later of two lines with one id is stored too, with its entity, if it comes first.
    long entities = expected.get("entities").size();
    assertThat(
        counters,
        hasEntry(
            is(SINK + "rows.committed.RAG.SourceDocuments"), either(is(GOOD)).or(is(GOOD + 1))));
    assertThat(
        counters,
        hasEntry(
            is(SINK + "rows.committed.RAG.Entities"), either(is(entities)).or(is(entities + 1))));
    assertThat(
        counters,
        hasEntry(
            SINK + "rows.committed.RAG.EntityRelationships",
            (long) expected.get("relationships").size()));
    // Then the ledger does not refuse it, but gives its place to the other.
    long stored = counters.get(SINK + "rows.committed.RAG.SourceDocuments");
    assertThat(
        counters, hasEntry(SINK + "elements.refused", GOOD + (long) TestCorpus.BAD - stored));
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

    LaunchedRun launched =
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

  /** Stores them as another tool would. */
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
  void sumsUpALargeGraphOnAllTaskManagers() throws Exception {
    postgres.createDatabase("linked");
    Path few = Files.createDirectories(directory.resolve("few"));
    Files.writeString(few.resolve("dictionary.tsv"), "gout\tDISEASE\n");
    Files.writeString(few.resolve("a.txt"), "gout");
    try (IndexingRun run =
        new IndexingRun(
            few,
            options -> {
              options.setJdbcUrl(postgres.jdbcUrl("linked"));
              options.setJdbcUser("postgres");
            },
            postgres.connect("linked"))) {
      run.run(options -> options.setLinkEntities(LinkEntities.NODES));
      run.execute("GRANT ALL ON SCHEMA RAG TO " + PasswordPostgres.USER);
      run.execute("GRANT ALL ON ALL TABLES IN SCHEMA RAG TO " + PasswordPostgres.USER);
      // As if many documents had been stored by a run that was killed.
      int entities = 2 * LinkedGraph.ENTITIES;
      run.execute(
          "INSERT INTO RAG.Entities (entity_id, entity_name, entity_type, source_doc_id)"
              + " SELECT 'e' || i, 'n' || i, 'DISEASE', doc_id"
              + " FROM RAG.SourceDocuments, generate_series(1, %d) i".formatted(entities));
      run.execute(
          "INSERT INTO RAG.EntityNodes (entity_id, node_key, document_id, mentions)"
              + " SELECT entity_id, 'DISEASE:' || entity_name, source_doc_id, 1"
              + " FROM RAG.Entities WHERE entity_name LIKE 'n%'");
      run.execute(
          "INSERT INTO RAG.GraphChanges (change_key, document_id)"
              + " SELECT gen_random_uuid()::text, doc_id"
              + " FROM RAG.SourceDocuments, generate_series(1, 1000)");

      Target target = Target.postgres("linked", PASSWORD_VARIABLE);
      List<String> settings =
          settings(target, "--input=" + few + "/*.txt", few + "/dictionary.tsv");
      LaunchedRun launched = launch(target, linking(settings), "--parallelism=2").toTheEnd();

      assertThat(launched.output(), launched.exitValue(), is(0));
      assertThat(
          launched.output(), containsString(entities + " nodes and 0 edges are new or changed"));
      assertThat(run.rows("SELECT COUNT(*) FROM RAG.GraphNodes"), contains("" + (entities + 1)));
      assertThat(
          run.rows("SELECT COUNT(*) FROM RAG.GraphChanges WHERE change_key < 'turn'"),
          contains("0"));
      assertThat(
          "portions that each subtask corrected",
          documents(launched.jobIds().get(1), "Correct", "read-records"),
          everyItem(greaterThan(0L)));
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
        linking(
            settings(
                Target.postgres("uploaded", PASSWORD_VARIABLE), corpus() + "/dictionary.tsv")));
    program.add("--summary=" + directory.resolve("uploaded/summary.json"));
    program.add("--deadLetters=" + directory.resolve("uploaded/dead-letters"));

    JsonNode refused = cluster.run(jar, List.of("index", "--inputs=nothing"));
    JsonNode accepted = cluster.run(jar, program);

    assertThat(refused.toString(), containsString("did you mean \\\"input\\\"?"));
    assertThat(accepted.toString(), accepted.path("jobid").isTextual(), is(true));
    cluster.awaitState(accepted.path("jobid").asText(), "FINISHED");
    assertThat(graph(contents("uploaded")), is(graph(expected)));
    assertThat(cluster.output(), containsString(DOCUMENTS + " documents read"));
    assertThat(Files.exists(directory.resolve("uploaded")), is(false));
    assertThatTheGraphIsLinked("uploaded");
    assertThatTheLedgerTellsTheOutcome("uploaded");
  }

  /** Without the ledger, which has the fingerprint of other settings. */
  private static Map<String, List<String>> graph(Map<String, List<String>> contents) {
    Map<String, List<String>> graph = new LinkedHashMap<>(contents);
    graph.remove("ledger");
    return graph;
  }

  private static void assertThatTheGraphIsLinked(String database) throws SQLException {
    try (IndexingRun run = new IndexingRun(corpus(), options -> {}, postgres.connect(database))) {
      assertThat(
          run.rows("SELECT node_key, mentions FROM RAG.GraphNodes ORDER BY 1"),
          is(
              run.rows(
                  "SELECT node_key, SUM(mentions) FROM RAG.EntityNodes GROUP BY 1 ORDER BY 1")));
      assertThat(run.rows("SELECT * FROM RAG.GraphEdges"), is(not(empty())));
      assertThat(run.rows("SELECT * FROM RAG.GraphChanges WHERE change_key < 'turn'"), is(empty()));
    }
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
      assertThat(
          run.rows(
              "SELECT outcome, documents_read, documents_indexed, documents_rejected"
                  + " FROM RAG.IndexingRuns WHERE ended_at IS NOT NULL"),
          contains("partial|%d|%d|%d".formatted(DOCUMENTS, GOOD, TestCorpus.BAD)));
      List<String> reasons = run.rows(documented.get(1));
      assertThat(reasons, hasSize(TestCorpus.BAD));
      assertThat(reasons, hasItem(containsString("DUPLICATE_DOCUMENT_ID")));
    }
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

  /** Documents that each subtask of a step has read or written, by the REST interface. */
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
}
