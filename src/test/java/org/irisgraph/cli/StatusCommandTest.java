package org.irisgraph.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.Map;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.PasswordReference;
import org.irisgraph.lease.LeaseSettings;
import org.irisgraph.lease.PipelineLease;
import org.irisgraph.lease.ProcessFile;
import org.irisgraph.run.RunBesideDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class StatusCommandTest extends CommandFixture {

  @BeforeEach
  void writeCorpus() throws Exception {
    write("a.txt", "Asthma and gout.");
    write("b.txt", "Gout and aspirin.");
    Files.write(directory.resolve("c.txt"), new byte[] {(byte) 0xFF, (byte) 0xFE, 'a'});
    write("terms.tsv", "asthma\tDISEASE\ngout\tDISEASE\naspirin\tDRUG\n");
  }

  @Test
  void countsWhatIsInTheDatabase() throws Exception {
    Files.delete(directory.resolve("c.txt"));
    assertThat(execute("index", settings), is(0));

    assertThat(execute("status", settings), is(0));

    assertThat(
        last.out(),
        matchesPattern(
            """
            pipeline      corpus
            documents     2: 2 indexed
            entities      4: 3 DISEASE, 1 DRUG
            relationships 2: 2 co_occurs_with
            nodes         3: 2 DISEASE, 1 DRUG

            run                       start \\(UTC\\)               duration  outcome         read    indexed  unchanged    partial   rejected     rate/s
            [0-9a-f-]{24}  2\\d{3}-\\d\\d-\\d\\d [0-9:]{8}  +\\d+ s  succeeded          2          2          0          0          0  +[0-9.]+
            """));

    drop("RAG.IndexingRuns");
    assertThat(execute("status", settings), is(0));
    assertThat(
        last.out(),
        containsString(
            "nodes         3: 2 DISEASE, 1 DRUG\n"
                + "runs          not recorded: there is no table RAG.IndexingRuns, as in a database of an"
                + " earlier version; a run with createTables creates it\n"));
    assertThat(
        last.out(),
        containsString(
            ": 2 documents read: 2 indexed, 0 unchanged, 0 partial, 0 rejected, 0 stale\n"));
  }

  @Test
  void namesWhatWasRejectedWithAnExampleAndWhoRuns() throws Exception {
    assertThat(execute("index", settings), is(3));
    try (Connection connection = DriverManager.getConnection("jdbc:h2:" + directory + "/graph");
        Statement statement = connection.createStatement()) {
      lease("corpus", "r2").acquire(connection, false, () -> false);
      statement.execute("INSERT INTO RAG.GraphChanges (change_key) VALUES ('5f')");
      statement.execute("UPDATE RAG.IndexingRuns SET outcome = 'running', ended_at = NULL");
      statement.execute(
          "INSERT INTO RAG.IndexingRuns (run_id, pipeline, outcome, phase, started_at, renewed_at,"
              + " run_millis, documents_read, documents_indexed, documents_total)"
              + " VALUES ('r2', 'corpus', 'running', 'indexing', TIMESTAMP '2100-01-02 03:04:05', TIMESTAMP '2100-01-02 03:04:06', 2000, 7, 5, 10)");
      statement.execute(
          "INSERT INTO RAG.DocumentLedger (ledger_key, pipeline, source, source_position, outcome,"
              + " stale, place_key, run_id, seen_run_id, entity_rows)"
              + " SELECT x, 'corpus', 's', x, 'indexed', 0, x, 'r2', 'r2', 1 FROM SYSTEM_RANGE(1, 6)");
    }

    assertThat(execute("status", settings), is(0));

    assertThat(last.out(), containsString("documents     9: 8 indexed, 1 rejected\n"));
    assertThat(
        last.out(),
        containsString("rejected      1 time NOT_UTF8, such as " + directory + "/c.txt:0: "));
    assertThat(last.out(), containsString("not linked    1 change of documents; "));
    assertThat(
        last.out(),
        matchesPattern(
            "(?s).*running       r2 on \\S+ since [-0-9]+ [:0-9]+ UTC: indexing, 7 read, 6 settled of"
                + " about 10, 60 %, 2.5 documents/s since its start\n.*"));
    assertThat("killed", last.out(), matchesPattern("(?s).* abandoned          3          2 .*"));

    assertThat(execute("status", settings, "--json"), is(0));
    JsonNode status = new ObjectMapper().readTree(last.out());
    assertThat(status.at("/rejected/0/count").intValue(), is(1));
    assertThat(status.at("/entities/DISEASE").intValue(), is(3));
    assertThat(status.at("/lastRun/totals/read").intValue(), is(6));
    assertThat(status.at("/running/share").doubleValue(), is(0.6));
    assertThat(status.at("/runs/0/runId").textValue(), is("r2"));
    assertThat(status.at("/runs/1/rejected").intValue(), is(1));

    try (Connection connection = DriverManager.getConnection("jdbc:h2:" + directory + "/graph");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "UPDATE RAG.IndexingRuns SET outcome = 'succeeded', ended_at = started_at WHERE run_id = 'r2'");
    }
    assertThat(execute("status", settings), is(0));
    assertThat("it keeps its lease", last.out(), not(containsString("running ")));
  }

  @Tag("slow")
  @Test
  void showsTheRunThatHasTheFileOpen() throws Exception {
    assertThat(execute("index", settings), is(3));
    Path database = directory.resolve("graph.mv.db");
    ProcessFile beside = new ProcessFile(database);
    try (FileChannel opened = FileChannel.open(database, StandardOpenOption.WRITE)) {
      opened.lock();
      assertThat(execute("status", settings), is(1));
      assertThat(last.err(), containsString("wait for the end of the process that has it open"));
      assertThat(directory.resolve("graph.trace.db").toFile().exists(), is(false));

      beside.write(
          new RunBesideDatabase(
              "corpus", "r2", new Timestamp(0), "linking entities: 3 of 11 parts", 7, 6, 10, 3.0));
      assertThat(execute("status", settings), is(0));
      assertThat(
          last.out(),
          matchesPattern(
              """
              pipeline      corpus
              running       r2 on \\S+ since 1970-01-01 00:00:00 UTC: linking entities: 3 of 11 parts, 7 read, \
              6 settled of about 10, 60 %, 3.0 documents/s since its start
              database      open in process [0-9]+: what is in it is shown once the run has ended
              """));
      assertThat(execute("status", settings, "--json"), is(0));
      JsonNode status = new ObjectMapper().readTree(last.out());
      assertThat(status.at("/running/runId").textValue(), is("r2"));
      assertThat(status.at("/running/share").doubleValue(), is(0.6));
    }
    // As a killed run leaves it: the database is asked.
    assertThat(execute("status", settings), is(0));
    assertThat(last.out(), containsString("documents     3: 2 indexed, 1 rejected\n"));
    assertThat(last.out(), not(containsString("running ")));
  }

  @Tag("slow")
  @Test
  void showsTheRateOfAJobThatNoLauncherCountsFor() throws Exception {
    assertThat(execute("index", settings), is(3));
    try (Connection connection = DriverManager.getConnection("jdbc:h2:" + directory + "/graph");
        Statement statement = connection.createStatement()) {
      lease("corpus", "r2").acquire(connection, false, () -> false);
      statement.execute(
          "INSERT INTO RAG.IndexingRuns (run_id, pipeline, outcome, phase, started_at, renewed_at, run_millis)"
              + " SELECT 'r2', 'corpus', 'running', 'a job on the cluster', t, t, 5"
              + " FROM (SELECT DATEADD(HOUR, -1, LOCALTIMESTAMP) AS t)");
      statement.execute(
          "INSERT INTO RAG.DocumentLedger (ledger_key, pipeline, source, source_position, outcome,"
              + " stale, place_key, run_id, seen_run_id, entity_rows)"
              + " SELECT x, 'corpus', 's', x, 'indexed', 0, x, 'r2', 'r2', 1 FROM SYSTEM_RANGE(1, 3600)");
    }

    assertThat(execute("status", settings), is(0));

    assertThat(
        last.out(),
        matchesPattern(
            "(?s).*running       r2 on .* UTC: a job on the cluster, 3,600 settled so far,"
                + " (1.0|0.9) documents/s since its start\n.*"));
  }

  private PipelineLease lease(String pipeline, String runId) {
    return new PipelineLease(
        new LeaseSettings("RAG.IndexingLease", pipeline, runId, 500),
        new ConnectionSettings(
            "jdbc:h2:" + directory + "/graph", null, PasswordReference.of(null), Map.of(), 1),
        false);
  }

  private void drop(String table) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:h2:" + directory + "/graph");
        Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE " + table);
    }
  }

  @Tag("slow")
  @Test
  void countsTheRowsOfLargeTablesByTypeIfAsked() throws Exception {
    Files.delete(directory.resolve("c.txt"));
    assertThat(execute("index", settings), is(0));
    try (Connection connection = DriverManager.getConnection("jdbc:h2:" + directory + "/graph");
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER TABLE RAG.Entities RENAME TO Replaced");
      statement.execute(
          "CREATE TABLE RAG.Entities AS SELECT x AS entity_id, 'DRUG' AS entity_type"
              + " FROM SYSTEM_RANGE(1, 300001)");
    }

    assertThat(execute("status", settings), is(0));

    assertThat(last.out(), containsString("entities      300,001; --types counts them by type\n"));
    assertThat(last.out(), containsString("relationships 2: 2 co_occurs_with\n"));
    assertThat(execute("status", settings, "--types"), is(0));
    assertThat(last.out(), containsString("entities      300,001: 300,001 DRUG\n"));
  }

  @Test
  void saysWhatIsMissing() throws Exception {
    assertThat(execute("status", settings), is(1));
    assertThat(last.err(), containsString("graph.mv.db: run index first, or correct jdbcUrl"));

    assertThat(execute("index", settings, "--linkEntities=none"), is(3));
    assertThat(execute("status", settings), is(0));
    assertThat(last.out(), not(containsString("nodes")));
    assertThat(execute("status", settings, "--pipeline=other"), is(0));
    assertThat(last.out(), containsString("documents     0\n"));
    assertThat(execute("status", settings, "--ledgerSchema=Other"), is(1));
    assertThat(last.err(), containsString("there is no table Other.DocumentLedger: run index"));
  }
}
