package org.irisgraph.check;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.irisgraph.ask.PipelineStatus;
import org.irisgraph.ask.StatusReader;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.ErrorClassifier;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.LinkEntities;
import org.irisgraph.plan.RunPlan;
import org.irisgraph.run.PasswordPostgres;
import org.irisgraph.run.RunTables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A PostgreSQL server as a user with more or fewer privileges sees it. */
@Tag("slow")
class DatabaseCheckIT {

  private static final String DATABASE = "graphs";

  private static final String NO_USAGE =
      "the user may not use the schema RAG: let the owner GRANT USAGE ON SCHEMA RAG";

  @TempDir private Path directory;
  private PasswordPostgres postgres;
  private IndexingOptions options;

  @BeforeEach
  void start() throws Exception {
    postgres = PasswordPostgres.start(directory.resolve("data"));
    superuser("postgres", "CREATE DATABASE " + DATABASE);
    options = PipelineOptionsFactory.create().as(IndexingOptions.class);
    options.setPipeline("p");
    options.setJdbcUrl(postgres.jdbcUrl(DATABASE));
    options.setJdbcUser(PasswordPostgres.USER);
    password(PasswordPostgres.PASSWORD);
    options.setInput(List.of("*.txt"));
  }

  @AfterEach
  void stop() throws Exception {
    postgres.close();
  }

  private void password(String password) throws Exception {
    Path file = Files.writeString(directory.resolve("password"), password);
    options.setJdbcPasswordFrom("file:" + file);
  }

  private void superuser(String database, String... statements) throws SQLException {
    try (Connection connection = postgres.connect(database);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private List<String> check() throws Exception {
    return DatabaseCheckTest.findings(options);
  }

  private List<String> tables() throws SQLException {
    List<String> tables = new ArrayList<>();
    try (Connection connection = postgres.connect(DATABASE);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT table_name FROM information_schema.tables WHERE table_schema = 'rag'")) {
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
    }
    return tables;
  }

  /** As the commands do that only read. */
  private void requireTables() throws Exception {
    try (Connection connection = Database.connect(RunPlan.connection(options))) {
      new StatusReader(options).requireTables(connection);
    }
  }

  private String advice(String sql) throws Exception {
    try (Connection connection = Database.connect(RunPlan.connection(options));
        Statement statement = connection.createStatement()) {
      SQLException refused = assertThrows(SQLException.class, () -> statement.execute(sql));
      return ErrorClassifier.advice(refused).orElse("");
    }
  }

  @Test
  void knowsWhatTheUserMayDo() throws Exception {
    options.setCreateTables(true);
    assertThat(check(), hasItem(matchesPattern("PROBLEM tables: missing: .* may not create .*")));
    superuser(DATABASE, "GRANT CREATE ON DATABASE graphs TO indexer");
    assertThat(check(), hasItem(startsWith("GOOD tables: the run creates RAG.SourceDocuments, ")));
    assertThat(tables(), empty());

    superuser(DATABASE, "CREATE SCHEMA RAG");
    assertThat(check(), hasItem(startsWith("PROBLEM tables: missing: ")));
    try (Connection connection = postgres.connect(DATABASE)) {
      RunTables.required(options, RunTables.target(options)).create(connection);
    }
    List<String> refused = List.of("PROBLEM privileges: " + NO_USAGE);
    assertThat(check().subList(1, 2), is(refused));
    assertThat(assertThrows(StoreException.class, this::requireTables).getMessage(), is(NO_USAGE));
    superuser(DATABASE, "GRANT USAGE ON SCHEMA RAG TO indexer");
    assertThat(
        check(),
        hasItem(startsWith("PROBLEM privileges: the user may not read RAG.SourceDocuments, ")));
    superuser(
        DATABASE,
        "GRANT ALL ON ALL TABLES IN SCHEMA RAG TO indexer",
        "REVOKE INSERT, DELETE ON RAG.Entities FROM indexer",
        "INSERT INTO RAG.IndexingLease (pipeline, run_id, host, pid, process_start, lease_millis,"
            + " renewals, acquired_at)"
            + " VALUES ('p', 'r2', 'afar', 7, 1, 60000, 0, TIMESTAMP '2026-01-02 03:04:05')");
    List<String> findings = check();

    assertThat(findings, hasItem(startsWith("GOOD database: PostgreSQL ")));
    assertThat(findings, hasItem(startsWith("GOOD tables: all ")));
    assertThat(
        findings,
        hasItem(
            "PROBLEM privileges: the user may not insert, delete on RAG.Entities: grant SELECT,"
                + " INSERT, UPDATE and DELETE"));
    assertThat(
        findings,
        hasItem(
            startsWith("WARNING lease: pipeline p is running: run r2 (process 7 on host afar")));
    assertThat(findings, hasItem(matchesPattern("GOOD database: \\d+ connections are free, .*")));
    assertThat(
        advice("DELETE FROM RAG.Entities"),
        startsWith("ERROR: permission denied for table entities: the user lacks a privilege, "));
    assertThat(
        advice("SELECT oc FROM RAG.Entities"),
        startsWith("ERROR: column \"oc\" does not exist: a table is missing or of another lay"));
    assertThat(advice("SELECT 1 / 0"), is(""));
    superuser(DATABASE, "ALTER ROLE indexer CONNECTION LIMIT 2");
    options.setWriters(4);
    assertThat(
        check(),
        hasItem(startsWith("WARNING database: 2 connections are free, a run takes up to 6")));
  }

  /** Creates the tables of a run, all of which the user may use. */
  private void createTables() throws Exception {
    superuser(DATABASE, "CREATE SCHEMA RAG");
    try (Connection connection = postgres.connect(DATABASE)) {
      RunTables.required(options, RunTables.target(options)).create(connection);
    }
    superuser(
        DATABASE,
        "GRANT USAGE ON SCHEMA RAG TO indexer",
        "GRANT ALL ON ALL TABLES IN SCHEMA RAG TO indexer");
  }

  @Test
  void looksAtTheTablesOfEarlierRuns() throws Exception {
    options.setEvidence(true);
    options.setLinkEntities(LinkEntities.NODES);
    createTables();
    superuser(
        DATABASE,
        "REVOKE DELETE ON RAG.EntityMentions FROM indexer",
        "REVOKE INSERT ON RAG.GraphChanges FROM indexer",
        "REVOKE ALL ON RAG.GraphNodes FROM indexer");
    options.setEvidence(false);
    options.setLinkEntities(LinkEntities.NONE);

    assertThat(
        check(),
        hasItem(
            "PROBLEM privileges: the user may not delete on RAG.EntityMentions, insert on"
                + " RAG.GraphChanges: grant SELECT, INSERT, UPDATE and DELETE"));
  }

  @Test
  void doesWithoutTheTableOfRuns() throws Exception {
    createTables();
    superuser(DATABASE, "REVOKE ALL ON RAG.IndexingRuns FROM indexer");

    assertThat(
        check(),
        hasItem(
            "WARNING privileges: the user may not read RAG.IndexingRuns: let the owner grant"
                + " SELECT, INSERT, UPDATE and DELETE"));
    assertThat(check(), not(hasItem(startsWith("PROBLEM"))));
    superuser(DATABASE, "GRANT SELECT ON RAG.IndexingRuns TO indexer");
    assertThat(
        check(),
        hasItem(startsWith("WARNING privileges: the user may not insert, update, delete on")));
    superuser(DATABASE, "REVOKE SELECT ON RAG.IndexingRuns FROM indexer");
    try (Connection connection = Database.connect(RunPlan.connection(options))) {
      RunTables.required(options, RunTables.target(options)).prepare(connection, false);
      PipelineStatus status = new StatusReader(options).read(connection, 1000);
      assertThat(status.runs(), is(empty()));
      assertThat(status.runsMissing(), startsWith("the user may not read RAG.IndexingRuns: let"));
    }
  }

  @Test
  void saysWhatToDoWithoutAConnection() throws Exception {
    password("wrong");
    assertThat(
        String.join("\n", check()), containsString("; correct jdbcUrl, jdbcUser or jdbcPassword"));
    password(PasswordPostgres.PASSWORD);
    options.setJdbcUrl(postgres.jdbcUrl("none"));
    assertThat(String.join("\n", check()), containsString("\"none\" does not exist"));
    options.setJdbcUrl(postgres.jdbcUrl(DATABASE));
    postgres.goAway();
    assertThat(
        String.join("\n", check()), containsString("; start the server, or correct jdbcUrl"));
    postgres.comeBack();
  }
}
