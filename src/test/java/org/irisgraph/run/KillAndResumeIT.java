package org.irisgraph.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.irisgraph.cli.CommandRun;
import org.irisgraph.embed.EmbeddingServer;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.PasswordReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kills a run at a random moment and runs it again: the tables are those of an undisturbed run. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
@Tag("slow")
class KillAndResumeIT {

  private static final int DOCUMENTS = 600;
  private static final int KILLS = 3;
  private static final long SECONDS_OF_A_RUN = 120;

  /** The exit value of what was killed so. */
  private static final int SIGKILL = 137;

  private static final int ATTEMPTS = 5;

  /** So few that each change is processed in a transaction of its own. */
  private static final int LINKED_DOCUMENTS = 150;

  private static final String PUBLISHED = "--graphSchema=Graph_KG";

  private static final String LINKED_ROWS =
      """
      SELECT n::text FROM RAG.GraphNodes n UNION ALL SELECT e::text FROM RAG.GraphEdges e
      UNION ALL SELECT relationship_id || source_entity_id || target_entity_id || source_document
      FROM RAG.EntityRelationships WHERE relationship_type = 'same_as' ORDER BY 1\
      """;

  private static final String WAITING_CHANGES =
      "SELECT change_key FROM RAG.GraphChanges WHERE change_key < 'turn'";

  @TempDir private Path directory;

  @Test
  void leavesTheSameTablesInAnH2File() throws Exception {
    String url = "jdbc:h2:" + directory.resolve("graph");
    leavesTheSameTables(new ConnectionSettings(url, null, PasswordReference.of(null), Map.of(), 1));
  }

  @Test
  void leavesTheSameTablesInPostgres() throws Exception {
    try (TestTarget postgres = TestTarget.postgres()) {
      leavesTheSameTables(postgres.settings());
    }
  }

  @Test
  void leavesTheSamePassagesPublishedNodesAndVectors() throws Exception {
    String url = "jdbc:h2:" + directory.resolve("graph");
    Map<String, List<String>> undisturbed;
    try (EmbeddingServer model = new EmbeddingServer(5)) {
      undisturbed =
          leavesTheSameTables(
              new ConnectionSettings(url, null, PasswordReference.of(null), Map.of(), 1),
              DOCUMENTS / 6,
              1,
              "--embeddings=endpoint",
              "--embeddingUrl=" + model.url(),
              "--embeddingModel=bge",
              "--passages=sentences",
              "--passageSize=100",
              "--passageOverlap=20",
              "--linkEntities=nodes",
              PUBLISHED);
    }
    for (String table : List.of("vectors", "published", "node vectors")) {
      // A document with passages has no vector of its own.
      List<String> rows =
          undisturbed.get(table).stream()
              .filter(row -> !table.equals("vectors") || row.contains("_chunk_"))
              .toList();
      assertThat(table, rows, is(not(empty())));
      assertThat(table, rows, everyItem(not(endsWith("|null"))));
    }
  }

  @Test
  void leavesTheSameLinks() throws Exception {
    Path corpus = directory.resolve("corpus");
    TestCorpus.writeTo(corpus, LINKED_DOCUMENTS);
    try (TestTarget postgres = TestTarget.postgres();
        Connection connection = Database.connect(postgres.settings());
        Statement statement = connection.createStatement()) {
      ConnectionSettings target = postgres.settings();
      resume(corpus, target, "--linkEntities=same_as");
      List<String> undisturbed = linked(statement, LINKED_ROWS);
      long seed = System.nanoTime();
      Random random = new Random(seed);

      for (String rebuild : List.of("--rebuild=false", "--rebuild=true")) {
        statement.execute("DELETE FROM RAG.GraphNodes");
        statement.execute("DELETE FROM RAG.GraphEdges");
        statement.execute(
            "DELETE FROM RAG.EntityRelationships WHERE relationship_type = 'same_as'");
        statement.execute(
            "INSERT INTO RAG.GraphChanges (change_key, document_id)"
                + " SELECT MD5(doc_id), doc_id FROM RAG.SourceDocuments");
        int killedAt = 1 + random.nextInt(undisturbed.size() - 1);
        Process linking = link(target, rebuild);
        await()
            .atMost(SECONDS_OF_A_RUN, TimeUnit.SECONDS)
            .pollInterval(2, TimeUnit.MILLISECONDS)
            .until(() -> !linking.isAlive() || linked(statement, LINKED_ROWS).size() >= killedAt);
        linking.destroyForcibly().waitFor();
        // It may have reached its end, but by itself to no other.
        assertThat(
            Files.readString(output(), UTF_8), linking.exitValue(), is(anyOf(is(0), is(SIGKILL))));

        CommandRun again = CommandRun.of(linking(target, "--rebuild=false").toArray());

        String when =
            "%s, killed at %d of %d rows (seed %d): %s"
                .formatted(rebuild, killedAt, undisturbed.size(), seed, again);
        assertThat(when, again.exitCode(), is(0));
        assertThat(when, linked(statement, LINKED_ROWS), is(undisturbed));
        assertThat(when, linked(statement, WAITING_CHANGES), is(List.of()));
      }
    }
  }

  private Process link(ConnectionSettings target, String rebuild) throws Exception {
    List<String> command = PackagedProgram.command("512m");
    command.addAll(linking(target, rebuild));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(output().toFile())
        .start();
  }

  private static List<String> linking(ConnectionSettings target, String rebuild) {
    return List.of(
        "graph",
        "--pipeline=test",
        "--linkEntities=same_as",
        "--batchRows=5",
        "--jdbcUrl=" + target.jdbcUrl(),
        "--jdbcUser=" + target.user(),
        rebuild);
  }

  private static List<String> linked(Statement statement, String query) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (ResultSet result = statement.executeQuery(query)) {
      while (result.next()) {
        rows.add(result.getString(1));
      }
    }
    return rows;
  }

  @Test
  void endsInGoodOrderWhenItIsAskedTo() throws Exception {
    ConnectionSettings target =
        new ConnectionSettings(
            "jdbc:h2:" + directory.resolve("graph"), null, PasswordReference.of(null), Map.of(), 1);
    Path corpus = directory.resolve("corpus");
    TestCorpus.writeTo(corpus, DOCUMENTS);
    resume(corpus, target);
    Map<String, List<String>> undisturbed = contents(corpus, target);

    for (String runner : List.of("runner-configs/direct.yaml", "runner-configs/flink-local.yaml")) {
      Process run = runThatHasCommitted(corpus, target, runner);
      run.destroy();
      boolean ended = run.waitFor(120, TimeUnit.SECONDS);
      String output = Files.readString(output(), UTF_8);

      assertThat(output, ended, is(true));
      assertThat(output, run.exitValue(), is(143));
      assertThat(output, containsString("stopped after"));
      JsonNode summary = new ObjectMapper().readTree(directory.resolve("summary.json").toFile());
      assertThat(
          summary.at("/rows/RAG.SourceDocuments/committed").asInt(),
          is(contents(corpus, target).get("documents").size()));

      resume(corpus, target);
      assertThat(contents(corpus, target), is(undisturbed));
    }
  }

  /** Starts again if all is over before the first commit was seen. */
  private Process runThatHasCommitted(Path corpus, ConnectionSettings target, String runner)
      throws Exception {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Files.deleteIfExists(databaseFile());
      Process run = start(corpus, target, runner, "--summary=" + directory.resolve("summary.json"));
      await()
          .atMost(SECONDS_OF_A_RUN, TimeUnit.SECONDS)
          .pollInterval(100, TimeUnit.MILLISECONDS)
          .until(() -> hasCommits() || !run.isAlive());
      if (run.isAlive()) {
        return run;
      }
    }
    throw new AssertionError(Files.readString(output(), UTF_8));
  }

  /** Other processes cannot open the file, but a copy of it, which is what a crash would leave. */
  private boolean hasCommits() throws IOException {
    if (Files.notExists(databaseFile())) {
      return false;
    }
    Path copy = directory.resolve("seen");
    Files.copy(databaseFile(), Path.of(copy + ".mv.db"), StandardCopyOption.REPLACE_EXISTING);
    try (Connection connection = DriverManager.getConnection("jdbc:h2:" + copy);
        Statement statement = connection.createStatement();
        ResultSet document =
            statement.executeQuery("SELECT 1 FROM RAG.SourceDocuments FETCH FIRST ROW ONLY")) {
      return document.next();
    } catch (SQLException e) {
      // The table does not exist yet, or a page was half written when it was copied.
      return false;
    }
  }

  private Path databaseFile() {
    return directory.resolve("graph.mv.db");
  }

  private void leavesTheSameTables(ConnectionSettings target) throws Exception {
    leavesTheSameTables(target, DOCUMENTS, KILLS);
  }

  /** Returns the rows of the tables. */
  private Map<String, List<String>> leavesTheSameTables(
      ConnectionSettings target, int documents, int kills, String... more) throws Exception {
    Path corpus = directory.resolve("corpus");
    TestCorpus.writeTo(corpus, documents);
    resume(corpus, target, more);
    Map<String, List<String>> undisturbed = contents(corpus, target, more);
    long seed = System.nanoTime();
    Random random = new Random(seed);

    for (int kill = 1; kill <= kills; kill++) {
      dropTables(target);
      // One in the first part of the run, one in the next, and so on.
      double part = (kill - random.nextDouble()) / kills;
      Process run = start(corpus, target, more);
      if (target.user() != null) {
        awaitStored(target, run, Math.round(documents * part));
      } else {
        FileRun.awaitPart(target.jdbcUrl(), run, part);
      }
      run.destroyForcibly().waitFor();
      assertThat(Files.readString(output(), UTF_8), run.exitValue(), is(anyOf(is(3), is(SIGKILL))));

      resume(corpus, target, more);

      assertThat(
          "killed after %.3f of the run (seed %d)".formatted(part, seed),
          contents(corpus, target, more),
          is(undisturbed));
    }
    return undisturbed;
  }

  private static void awaitStored(ConnectionSettings target, Process run, long documents)
      throws Exception {
    try (Connection connection = Database.connect(target);
        Statement statement = connection.createStatement()) {
      while (run.isAlive() && stored(statement) < documents) {
        run.waitFor(10, TimeUnit.MILLISECONDS);
      }
    }
  }

  /** Minus one before there is a table. */
  private static long stored(Statement statement) throws SQLException {
    String table = "SELECT to_regclass('rag.sourcedocuments')::text";
    return linked(statement, table).equals(Collections.singletonList(null))
        ? -1
        : Long.parseLong(linked(statement, "SELECT COUNT(*) FROM RAG.SourceDocuments").get(0));
  }

  /** Runs in this JVM, which costs a fraction of a process. */
  private static void resume(Path corpus, ConnectionSettings target, String... more) {
    CommandRun run = IndexerProcess.here(corpus, target, more);
    assertThat(run.toString(), run.exitCode(), is(3));
  }

  private Path output() {
    return directory.resolve("output.txt");
  }

  private Process start(Path corpus, ConnectionSettings target, String... more) throws Exception {
    return IndexerProcess.of(corpus, target, more)
        .redirectErrorStream(true)
        .redirectOutput(output().toFile())
        .start();
  }

  private static Map<String, List<String>> contents(
      Path corpus, ConnectionSettings target, String... more) throws SQLException {
    try (IndexingRun run = new IndexingRun(corpus, options -> {}, Database.connect(target))) {
      Map<String, List<String>> contents = new LinkedHashMap<>(run.contents());
      contents.put(
          "vectors", run.rows("SELECT doc_id, embedding FROM RAG.SourceDocuments ORDER BY doc_id"));
      if (List.of(more).contains(PUBLISHED)) {
        contents.put("nodes", run.rows("SELECT * FROM RAG.GraphNodes ORDER BY node_key"));
        contents.put(
            "published", run.rows("SELECT s, p, o_id FROM Graph_KG.rdf_edges ORDER BY s, p, o_id"));
        contents.put(
            "node vectors", run.rows("SELECT id, emb FROM Graph_KG.kg_NodeEmbeddings ORDER BY id"));
      }
      return contents;
    }
  }

  private static void dropTables(ConnectionSettings target) throws SQLException {
    try (Connection connection = Database.connect(target);
        Statement statement = connection.createStatement()) {
      statement.execute("DROP SCHEMA RAG CASCADE");
      statement.execute("DROP SCHEMA IF EXISTS Graph_KG CASCADE");
    }
  }
}
