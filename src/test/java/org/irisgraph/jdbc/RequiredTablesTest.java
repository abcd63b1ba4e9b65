package org.irisgraph.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.irisgraph.jdbc.TableDefinition.Column;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RequiredTablesTest {

  private static final TableDefinition NOTES =
      TableDefinition.of(
              "T.Notes",
              "id",
              Column.required("id", 20),
              Column.of("amount", Dialect.ColumnType.BIGINT),
              Column.text("author", 50))
          .withIndexes("amount")
          .withNeededIndexes("author");
  private static final TableDefinition PAGES =
      TableDefinition.of("T.Pages", "id", Column.required("id", 20));

  private final RequiredTables tables =
      new RequiredTables(Dialects.of("jdbc:h2:mem:"), List.of(NOTES, PAGES));
  private Connection connection;

  @BeforeEach
  void connect() throws SQLException {
    connection = DriverManager.getConnection("jdbc:h2:mem:");
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void reportsAllMissingTablesWithTheStatementOfTheirSchemaOnce() {
    StoreException.Configuration missing =
        assertThrows(StoreException.Configuration.class, () -> tables.prepare(connection, false));

    assertThat(
        missing.getMessage(),
        is(
            """
            missing tables: T.Notes, T.Pages; --createTables creates them, or run
            CREATE SCHEMA IF NOT EXISTS T;
            CREATE TABLE T.Notes (
              id VARCHAR(20) NOT NULL,
              amount BIGINT,
              author VARCHAR(50),
              PRIMARY KEY (id)
            );
            CREATE INDEX idx_Notes_amount ON T.Notes (amount);
            CREATE INDEX idx_Notes_author ON T.Notes (author);
            CREATE TABLE T.Pages (
              id VARCHAR(20) NOT NULL,
              PRIMARY KEY (id)
            );\
            """));
  }

  @Test
  void reportsOnlyTheMissingTables() throws Exception {
    new RequiredTables(Dialects.of("jdbc:h2:mem:"), List.of(NOTES)).create(connection);

    StoreException.Configuration missing =
        assertThrows(StoreException.Configuration.class, () -> tables.prepare(connection, false));

    assertThat(
        missing.getMessage().lines().findFirst().orElseThrow(),
        is("missing tables: T.Pages; --createTables creates them, or run"));
  }

  @Test
  void createsTheMissingTablesOnce() throws Exception {
    tables.prepare(connection, true);
    tables.prepare(connection, true);

    assertThat(TableShape.lookUp(connection, "T.Notes").exists(), is(true));
    assertThat(TableShape.lookUp(connection, "T.Pages").exists(), is(true));
    assertThat(tables.missingIndexes(connection), is(empty()));
  }

  @Test
  void createsOnlyTheNeededIndexesOfAnExistingTable() throws Exception {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE SCHEMA T; CREATE TABLE T.Notes (id VARCHAR(20) PRIMARY KEY, amount BIGINT,"
              + " author VARCHAR(50))");
    }
    assertThat(
        tables.missingIndexes(connection),
        contains("CREATE INDEX idx_Notes_author ON T.Notes (author)"));

    tables.create(connection);

    assertThat(
        Dialects.of("jdbc:h2:mem:").indexedColumns(connection, "T.Notes").contains("amount"),
        is(false));
    assertThat(tables.missingIndexes(connection), is(empty()));
  }
}
