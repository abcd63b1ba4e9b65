package org.irisgraph.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.irisgraph.cli.CommandRun;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.PasswordReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process at a random moment while it indexes documents in place, and starts it again. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
@Tag("slow")
class InPlaceKillIT {

  private static final int DOCUMENTS = 500;
  private static final int KILLS = 2;

  /** The exit value of what was killed so. */
  private static final int SIGKILL = 137;

  private static final String[] DISEASES = {"asthma", "gout", "lupus", "measles", "anemia"};

  @TempDir private Path directory;

  @Test
  void leavesTheSameGraphInAnH2File() throws Exception {
    String url = "jdbc:h2:" + directory.resolve("graph");
    leavesTheSameGraph(new ConnectionSettings(url, null, PasswordReference.of(null), Map.of(), 1));
  }

  @Test
  void leavesTheSameGraphInPostgres() throws Exception {
    try (TestTarget postgres = TestTarget.postgres()) {
      leavesTheSameGraph(postgres.settings());
    }
  }

  private void leavesTheSameGraph(ConnectionSettings target) throws Exception {
    writeCorpus();
    storeDocuments(target);
    List<String> documents = documents(target);
    resume(target);
    assertIndexed(DOCUMENTS, 0);
    Map<String, List<String>> undisturbed = contents(target);

    Map<String, List<String>> ofFile = contentsOfFile();
    for (String table : List.of("entities", "relationships")) {
      assertThat(plain(undisturbed.get(table)), is(plain(ofFile.get(table))));
    }
    assertThat(undisturbed.get("ledger"), hasSize(DOCUMENTS));
    assertThat(documents(target), is(documents));

    resume(target);
    assertIndexed(0, DOCUMENTS);
    assertThat(contents(target), is(undisturbed));

    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int kill = 1; kill <= KILLS; kill++) {
      forget(target);
      Process run = start(target, "runner-configs/flink-local.yaml");
      awaitKill(target, run, random);
      run.destroyForcibly().waitFor();
      // It may have reached its end, but by itself to no other.
      assertThat(Files.readString(output(), UTF_8), run.exitValue(), is(anyOf(is(0), is(SIGKILL))));
      String how;
      try (IndexingRun tables = tables(target)) {
        how = "killed with %d documents (seed %d)".formatted(documentsInLedger(tables), seed);
      }
      System.out.println(how);

      resume(target);

      assertThat(how, contents(target), is(undisturbed));
      assertThat(how, documents(target), is(documents));
    }
  }

  /** Numbers look different in each database. */
  private static List<String> plain(List<String> rows) {
    return rows.stream().map(row -> row.replaceAll("\\.0(?=\\||$)", "")).toList();
  }

  private static void awaitKill(ConnectionSettings target, Process run, Random random)
      throws Exception {
    if (target.user() == null) {
      FileRun.awaitPart(target.jdbcUrl(), run, random.nextDouble());
      return;
    }
    int documents = random.nextInt(DOCUMENTS);
    try (IndexingRun tables = tables(target)) {
      while (run.isAlive() && documentsInLedger(tables) < documents) {
        run.waitFor(20, TimeUnit.MILLISECONDS);
      }
    }
  }

  private static String text(int i) {
    return "Report %d. We saw %s and %s. Then %s came."
        .formatted(i, DISEASES[i % 5], DISEASES[(i / 5) % 5], DISEASES[(i / 25) % 5]);
  }

  private void writeCorpus() throws Exception {
    StringBuilder dictionary = new StringBuilder("term\ttype\n");
    for (String disease : DISEASES) {
      dictionary.append(disease).append("\tDISEASE\n");
    }
    Files.writeString(directory.resolve("dictionary.tsv"), dictionary);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < DOCUMENTS; i++) {
      lines.append("{\"id\":\"d-%d\",\"text\":\"%s\"}\n".formatted(i, text(i)));
    }
    Files.writeString(directory.resolve("texts.jsonl"), lines);
  }

  private Map<String, List<String>> contentsOfFile() throws Exception {
    try (IndexingRun run = new IndexingRun(directory)) {
      run.run(options -> options.setInput(List.of(directory + "/texts.jsonl")));
      return run.contents();
    }
  }

  private static void storeDocuments(ConnectionSettings target) throws SQLException {
    try (Connection connection = Database.connect(target)) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("CREATE SCHEMA RAG");
        statement.execute(
            "CREATE TABLE RAG.SourceDocuments (doc_id VARCHAR(255) NOT NULL PRIMARY KEY,"
                + " text_content VARCHAR(100000), metadata VARCHAR(2000), embedding REAL ARRAY,"
                + " created TIMESTAMP DEFAULT CURRENT_TIMESTAMP, owner_name VARCHAR(99) NOT NULL)");
      }
      try (PreparedStatement statement =
          connection.prepareStatement(
              "INSERT INTO RAG.SourceDocuments (doc_id, text_content, metadata, embedding,"
                  + " owner_name) VALUES (?, ?, '{\"by\": \"them\"}', ARRAY[0.5, 0.25], 'them')")) {
        for (int i = 0; i < DOCUMENTS; i++) {
          statement.setString(1, "d-" + i);
          statement.setString(2, text(i));
          statement.addBatch();
        }
        statement.executeBatch();
      }
    }
  }

  /** Runs in this JVM, which costs a fraction of a process. */
  private void resume(ConnectionSettings target) {
    CommandRun run = IndexerProcess.here(target, arguments());
    assertThat(run.toString(), run.exitCode(), is(0));
  }

  private void assertIndexed(int indexed, int unchanged) throws IOException {
    JsonNode documents =
        new ObjectMapper().readTree(directory.resolve("summary.json").toFile()).get("documents");
    assertThat(documents.get("indexed").asInt(), is(indexed));
    assertThat(documents.get("unchanged").asInt(), is(unchanged));
  }

  private Path output() {
    return directory.resolve("output.txt");
  }

  private Process start(ConnectionSettings target, String... more) throws Exception {
    List<String> arguments = arguments();
    arguments.addAll(List.of(more));
    return IndexerProcess.of(target, arguments)
        .redirectErrorStream(true)
        .redirectOutput(output().toFile())
        .start();
  }

  private List<String> arguments() {
    return new ArrayList<>(
        List.of(
            "--jdbcInput=RAG.SourceDocuments",
            "--dictionary=" + directory.resolve("dictionary.tsv"),
            "--summary=" + directory.resolve("summary.json")));
  }

  private Map<String, List<String>> contents(ConnectionSettings target) throws SQLException {
    try (IndexingRun run = new IndexingRun(directory, options -> {}, Database.connect(target))) {
      return run.contents();
    }
  }

  private List<String> documents(ConnectionSettings target) throws SQLException {
    try (IndexingRun run = new IndexingRun(directory, options -> {}, Database.connect(target))) {
      return run.rows("SELECT * FROM RAG.SourceDocuments ORDER BY doc_id");
    }
  }

  private static IndexingRun tables(ConnectionSettings target) throws SQLException {
    return new IndexingRun(Path.of("."), options -> {}, Database.connect(target));
  }

  private static int documentsInLedger(IndexingRun tables) {
    try {
      return Integer.parseInt(tables.rows("SELECT COUNT(*) FROM RAG.DocumentLedger").get(0));
    } catch (SQLException e) {
      // Killed before there was a ledger.
      return 0;
    }
  }

  private static void forget(ConnectionSettings target) throws SQLException {
    try (Connection connection = Database.connect(target);
        Statement statement = connection.createStatement()) {
      for (String table :
          List.of(
              "EntityMentions",
              "RelationshipEvidence",
              "EntityRelationships",
              "Entities",
              "DocumentLedger",
              "IndexingLease")) {
        statement.execute("DROP TABLE RAG." + table + " CASCADE");
      }
    }
  }
}
