package org.irisgraph.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
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
            last run      [0-9a-f-]+: 2 documents read: 2 indexed, 0 unchanged, 0 partial, 0 rejected, 0 stale
            """));
  }

  @Test
  void namesWhatWasRejectedWithAnExampleAndWhoRuns() throws Exception {
    assertThat(execute("index", settings), is(3));
    try (Connection connection = DriverManager.getConnection("jdbc:h2:" + directory + "/graph");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO RAG.IndexingLease (pipeline, run_id, host, acquired_at)"
              + " VALUES ('corpus', 'r2', 'machine', TIMESTAMP '2026-01-02 03:04:05')");
      statement.execute("INSERT INTO RAG.GraphChanges (change_key) VALUES ('5f')");
    }

    assertThat(execute("status", settings), is(0));

    assertThat(last.out(), containsString("documents     3: 2 indexed, 1 rejected\n"));
    assertThat(
        last.out(),
        containsString("rejected      1 time NOT_UTF8, such as " + directory + "/c.txt:0: "));
    assertThat(last.out(), containsString("not linked    1 change of documents; "));
    assertThat(
        last.out(), containsString("running       r2 on machine since 2026-01-02 03:04:05.0\n"));

    assertThat(execute("status", settings, "--json"), is(0));
    JsonNode status = new ObjectMapper().readTree(last.out());
    assertThat(status.at("/rejected/0/count").intValue(), is(1));
    assertThat(status.at("/entities/DISEASE").intValue(), is(3));
    assertThat(status.at("/lastRun/totals/read").intValue(), is(3));
    assertThat(status.at("/running/host").textValue(), is("machine"));
  }

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
