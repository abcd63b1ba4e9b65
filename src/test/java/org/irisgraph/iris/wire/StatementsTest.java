package org.irisgraph.iris.wire;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The statements that an indexer of documents runs, and their values, through the real driver. */
@Timeout(300)
class StatementsTest {
  private IrisWireServer server;

  @BeforeEach
  void start() throws Exception {
    server = IrisWireServer.start();
    server.acceptAnyStatement();
    DriverConnections.createEntities(server);
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void everyKindOfValueComesBackAsItWent() throws Exception {
    server.execute(
        """
        CREATE TABLE RAG.SourceDocuments (doc_id VARCHAR(255) NOT NULL PRIMARY KEY,
          text_content LONGVARCHAR, metadata VARCHAR(2000), embedding VECTOR(FLOAT,3),
          size BIGINT, weight DOUBLE, seen TIMESTAMP)
        """);
    Calendar utc = Calendar.getInstance(TimeZone.getTimeZone("UTC"), Locale.ROOT);
    Timestamp seen = Timestamp.valueOf("2024-01-02 03:04:05.123456");
    String text = "naïve Ωμέγα 漢字 🧬 ".repeat(60_000);
    try (Connection connection = DriverConnections.connect(server);
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT OR UPDATE RAG.SourceDocuments (doc_id, text_content, metadata, embedding,"
                    + " size, weight, seen) VALUES (?, ?, ?, TO_VECTOR(?, FLOAT), ?, ?, ?)")) {
      insert.setString(1, "full");
      insert.setString(2, text);
      insert.setString(3, "");
      insert.setString(4, "0.5,-1,1e-3");
      insert.setLong(5, Long.MIN_VALUE);
      insert.setDouble(6, 1.0 / 3);
      insert.setTimestamp(7, seen, utc);
      insert.addBatch();
      insert.setString(1, "void");
      for (int i = 2; i <= 7; i++) {
        insert.setString(i, null);
      }
      insert.addBatch();
      assertThat(insert.executeBatch(), is(new int[] {1, 1}));
      try (ResultSet row =
          connection
              .createStatement()
              .executeQuery("SELECT * FROM RAG.SourceDocuments ORDER BY doc_id")) {
        row.next();
        assertThat(row.getString("text_content").equals(text), is(true));
        assertThat(row.getString("metadata"), is(""));
        assertThat(row.getString("embedding"), is("0.5,-1.0,0.001"));
        assertThat(row.getLong("size"), is(Long.MIN_VALUE));
        assertThat(row.getDouble("weight"), is(1.0 / 3));
        assertThat(row.getTimestamp("seen", utc), is(seen));
        row.next();
        for (int i = 2; i <= 7; i++) {
          assertThat(row.getObject(i), is(nullValue()));
        }
      }
    }
  }

  @Test
  void tenThousandRowsGoAndComeInOneMessageEach() throws Exception {
    String[] names = new String[10_000];
    Arrays.fill(names, "an entity of ordinary length");
    try (Connection connection = DriverConnections.connect(server)) {
      connection.setAutoCommit(false);
      server.resetCounts();
      DriverConnections.batch(connection, DriverConnections.UPSERT, "e", names).executeBatch();
      connection.commit();
      assertThat(DriverConnections.types(server), contains("PP", "PU", "TC"));
      assertThat(DriverConnections.executions(server).get(0).rows(), is(10_000));
      server.resetCounts();
      try (PreparedStatement all =
          connection.prepareStatement("SELECT entity_name FROM RAG.Entities")) {
        ResultSet rows = all.executeQuery();
        int found = 0;
        while (rows.next()) {
          found++;
        }
        assertThat(found, is(10_000));
      }
      assertThat(DriverConnections.types(server), contains("PP", "PQ"));
    }
  }

  @ParameterizedTest
  @EnumSource(InsertPath.class)
  void aDirectStatementIsSentAsAPreparedOneWhenItIsRepeated(InsertPath path) throws Exception {
    try (IrisWireServer other = IrisWireServer.start(path);
        Connection connection = DriverConnections.connect(other);
        Statement delete = connection.createStatement()) {
      other.acceptAnyStatement();
      DriverConnections.createEntities(other);
      for (int i = 0; i < 3; i++) {
        other.execute("INSERT INTO RAG.Entities VALUES ('a', 'b')");
        assertThat(delete.executeUpdate("DELETE FROM RAG.Entities"), is(1));
        assertThat(
            DriverConnections.column(connection, "SELECT COUNT(*) FROM RAG.Entities"),
            contains("0"));
      }
    }
  }

  @Test
  void manyIdsFitIntoAnInList() throws Exception {
    try (Connection connection = DriverConnections.connect(server)) {
      DriverConnections.batch(connection, DriverConnections.UPSERT, "e", "a", "b", "c")
          .executeBatch();
      String markers = String.join(", ", Collections.nCopies(500, "?"));
      try (PreparedStatement query =
          connection.prepareStatement(
              "SELECT entity_id FROM RAG.Entities WHERE entity_id IN (" + markers + ")")) {
        for (int i = 1; i <= 500; i++) {
          query.setString(i, "e" + i);
        }
        assertThat(DriverConnections.strings(query.executeQuery()), contains("e1", "e2"));
      }
    }
  }

  @Test
  void tablesAreMadeAndFoundInTheCatalogue() throws Exception {
    try (Connection connection = DriverConnections.connect(server);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA Graph");
      statement.execute(
          "CREATE TABLE Graph.Facts (id VARCHAR(64) NOT NULL PRIMARY KEY, body LONGVARCHAR,"
              + " embedding VECTOR(FLOAT,384), weight DOUBLE DEFAULT 1.0)");
      statement.execute("CREATE INDEX facts_weight ON TABLE Graph.Facts (weight)");
      statement.execute(
          "CREATE INDEX near ON TABLE Graph.Facts (embedding) AS HNSW(M=24, Distance='Cosine')");
      try (PreparedStatement catalogue =
          connection.prepareStatement(
              "SELECT COLUMN_NAME, DATA_TYPE, CHARACTER_MAXIMUM_LENGTH, IS_NULLABLE, COLUMN_DEFAULT"
                  + " FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?"
                  + " ORDER BY ORDINAL_POSITION")) {
        catalogue.setString(1, "Graph");
        catalogue.setString(2, "Facts");
        ResultSet rows = catalogue.executeQuery();
        List<String> found = new ArrayList<>();
        while (rows.next()) {
          found.add(IntStream.rangeClosed(1, 5).mapToObj(i -> string(rows, i)).toList().toString());
        }
        assertThat(
            found,
            contains(
                "[id, varchar, 64, NO, null]",
                "[body, longvarchar, null, YES, null]",
                "[embedding, vector, null, YES, null]",
                "[weight, double, null, YES, 1.0]"));
      }
      assertThat(
          DriverConnections.column(
              connection,
              "SELECT COLUMN_NAME FROM INFORMATION_SCHEMA.INDEXES WHERE TABLE_NAME = 'Facts'"
                  + " AND INDEX_NAME = 'facts_weight'"),
          contains("weight"));
    }
  }

  @Test
  void aMissingTableAndAMissingColumnHaveTheirCodes() throws Exception {
    try (Connection connection = DriverConnections.connect(server)) {
      assertThat(codeOf(connection, "SELECT a FROM RAG.Nothing"), is(30));
      assertThat(codeOf(connection, "SELECT a FROM RAG.Entities"), is(29));
      assertThat(codeOf(connection, "SELECT FROM WHERE"), is(1));
      assertThat(codeOf(connection, "INSERT INTO RAG.Entities (entity_id) VALUES (?, ?)"), is(62));
      assertThat(connection.isValid(1), is(true));
    }
  }

  @Test
  void anUpsertReplacesTheRowWithTheSameKey() throws Exception {
    try (Connection connection = DriverConnections.connect(server)) {
      DriverConnections.batch(connection, DriverConnections.UPSERT, "e", "old", "other")
          .executeBatch();
      DriverConnections.batch(connection, DriverConnections.UPSERT, "e", "new").executeBatch();
      assertThat(
          DriverConnections.column(
              connection, "SELECT entity_name FROM RAG.Entities ORDER BY entity_id"),
          contains("new", "other"));
    }
  }

  @Test
  void updatesAndDeletesCountTheirRows() throws Exception {
    try (Connection connection = DriverConnections.connect(server);
        Statement statement = connection.createStatement()) {
      DriverConnections.batch(connection, DriverConnections.UPSERT, "e", "a", "b", "c")
          .executeBatch();
      assertThat(
          statement.executeUpdate(
              "UPDATE RAG.Entities SET entity_name = 'it''s' WHERE entity_id = 'e1'"),
          is(1));
      try (PreparedStatement delete =
          connection.prepareStatement("DELETE FROM RAG.Entities WHERE entity_id IN (?, ?)")) {
        delete.setString(1, "e0");
        delete.setString(2, "e9");
        assertThat(delete.executeUpdate(), is(1));
      }
      assertThat(
          DriverConnections.column(
              connection, "SELECT TOP 1 entity_name FROM RAG.Entities ORDER BY entity_id"),
          contains("it's"));
      assertThat(DriverConnections.column(connection, "SELECT 1"), contains("1"));
    }
  }

  private static int codeOf(Connection connection, String sql) {
    return assertThrows(SQLException.class, () -> connection.prepareStatement(sql)).getErrorCode();
  }

  private static String string(ResultSet row, int column) {
    try {
      return row.getString(column);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
