package org.irisgraph.iris.wire;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the real driver makes of a bad row, on both of its ways to insert. */
@Timeout(300)
class BadRowTest {
  private IrisWireServer server;

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private Connection open(InsertPath path, BadRow treatment) throws Exception {
    server = IrisWireServer.start(path);
    server.acceptAnyStatement();
    DriverConnections.createEntities(server);
    server.execute("INSERT INTO RAG.Entities (entity_id, entity_name) VALUES ('e1', 'first')");
    server.onBadRow(treatment);
    Connection connection = DriverConnections.connect(server);
    connection.setAutoCommit(false);
    return connection;
  }

  /** Three rows, the second a duplicate. */
  private static BatchUpdateException insertDuplicate(Connection connection) throws SQLException {
    try (PreparedStatement rows =
        DriverConnections.batch(connection, DriverConnections.INSERT, "e", "a", "b", "c")) {
      return assertThrows(BatchUpdateException.class, rows::executeBatch);
    }
  }

  @ParameterizedTest
  @EnumSource
  void continuingStoresTheOthers(InsertPath path) throws Exception {
    try (Connection connection = open(path, BadRow.CONTINUE)) {
      BatchUpdateException bad = insertDuplicate(connection);
      assertThat(bad.getErrorCode(), is(119));
      assertThat(bad.getSQLState(), is("S1000"));
      assertThat(bad.getUpdateCounts(), is(new int[] {1, -3, 1}));
      connection.commit();
      assertThat(DriverConnections.storedIds(server), contains("e0", "e1", "e2"));
    }
  }

  @Test
  void withoutACodeTheDriverMakesOneUp() throws Exception {
    try (Connection connection = open(InsertPath.STANDARD, BadRow.CONTINUE_WITHOUT_CODE)) {
      BatchUpdateException bad = insertDuplicate(connection);
      assertThat(bad.getErrorCode(), is(104));
      assertThat(bad.getSQLState(), is("23000"));
      assertThat(bad.getUpdateCounts(), is(new int[] {1, -3, 1}));
    }
  }

  @ParameterizedTest
  @EnumSource
  void stoppingKeepsTheRowsBefore(InsertPath path) throws Exception {
    try (Connection connection = open(path, BadRow.STOP_AT_FIRST)) {
      BatchUpdateException bad = insertDuplicate(connection);
      assertThat(bad.getErrorCode(), is(119));
      assertThat(bad.getUpdateCounts(), is(new int[] {1, -3, -3}));
      connection.commit();
      assertThat(DriverConnections.storedIds(server), contains("e0", "e1"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusingStoresNone(InsertPath path) throws Exception {
    try (Connection connection = open(path, BadRow.REFUSE_BATCH)) {
      BatchUpdateException bad = insertDuplicate(connection);
      assertThat(bad.getErrorCode(), is(119));
      assertThat(bad.getUpdateCounts(), is(new int[] {-3, -3, -3}));
      connection.commit();
      assertThat(DriverConnections.storedIds(server), contains("e1"));
    }
  }

  @Test
  void theDriverSendsTheRowsOfARefusedBatchAgainUnlessTheyAreCleared() throws Exception {
    try (Connection connection = open(InsertPath.STANDARD, BadRow.REFUSE_BATCH)) {
      PreparedStatement rows =
          DriverConnections.batch(connection, DriverConnections.INSERT, "e", "a", "b", "c");
      assertThrows(BatchUpdateException.class, rows::executeBatch);
      server.resetCounts();
      assertThrows(BatchUpdateException.class, rows::executeBatch);
      assertThat(server.messages().stream().map(LoggedMessage::rows).toList(), hasItem(3));
      rows.clearBatch();
      server.resetCounts();
      assertThat(rows.executeBatch().length, is(0));
      assertThat(server.messages(), is(empty()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyKindOfValueIsStored(InsertPath path) throws Exception {
    try (Connection connection = open(path, BadRow.CONTINUE)) {
      server.execute(
          "CREATE TABLE RAG.Days (id BIGINT NOT NULL PRIMARY KEY, born DATE, at_hour TIME,"
              + " note VARCHAR(10), share DOUBLE, seen TIMESTAMP, price NUMERIC(10,2))");
      try (PreparedStatement rows =
          connection.prepareStatement(
              "INSERT INTO RAG.Days (id, born, at_hour, note, share, seen, price)"
                  + " VALUES (?, ?, ?, ?, ?, ?, ?)")) {
        rows.setLong(1, -1);
        rows.setDate(2, Date.valueOf("2024-01-02"));
        rows.setTime(3, Time.valueOf("03:04:05"));
        rows.setString(4, "");
        rows.setDouble(5, -0.25);
        rows.setTimestamp(6, Timestamp.valueOf("2024-01-02 03:04:05.5"));
        rows.setBigDecimal(7, new BigDecimal("-12.5"));
        rows.addBatch();
        rows.setLong(1, 2);
        rows.setNull(2, Types.DATE);
        rows.setNull(3, Types.TIME);
        rows.setNull(4, Types.VARCHAR);
        rows.setNull(5, Types.DOUBLE);
        rows.setNull(6, Types.TIMESTAMP);
        rows.setNull(7, Types.NUMERIC);
        rows.addBatch();
        assertThat(rows.executeBatch(), is(new int[] {1, 1}));
      }
      connection.commit();
      try (Connection behind = server.backingConnection();
          var found =
              behind
                  .createStatement()
                  .executeQuery(
                      "SELECT CONCAT_WS('|', id, born, at_hour, '<' || note || '>', share, seen,"
                          + " price) FROM RAG.Days ORDER BY id")) {
        found.next();
        assertThat(
            found.getString(1), is("-1|2024-01-02|03:04:05|<>|-0.25|2024-01-02 03:04:05.5|-12.50"));
        found.next();
        assertThat(found.getString(1), is("2"));
      }
    }
  }

  @Test
  void onTheFastPathTheDriverDropsTheRowsThatItFindsTooLong() throws Exception {
    try (Connection connection = open(InsertPath.FAST, BadRow.REFUSE_BATCH)) {
      PreparedStatement rows =
          DriverConnections.batch(
              connection, DriverConnections.INSERT, "n", "a", "x".repeat(51), "c");
      BatchUpdateException bad = assertThrows(BatchUpdateException.class, rows::executeBatch);
      assertThat(bad.getErrorCode(), is(104));
      assertThat(bad.getUpdateCounts(), is(new int[] {1, -3, 1}));
      assertThat(
          server.messages().stream()
              .filter(m -> m.type().equals("PU"))
              .map(LoggedMessage::rows)
              .toList(),
          is(List.of(2)));
    }
  }

  @Test
  void onTheStandardPathTheServerFindsTheRowsThatAreTooLong() throws Exception {
    try (Connection connection = open(InsertPath.STANDARD, BadRow.CONTINUE)) {
      PreparedStatement rows =
          DriverConnections.batch(
              connection, DriverConnections.INSERT, "n", "a", "x".repeat(51), null);
      BatchUpdateException bad = assertThrows(BatchUpdateException.class, rows::executeBatch);
      assertThat(bad.getErrorCode(), is(104));
      assertThat(bad.getUpdateCounts(), is(new int[] {1, -3, -3}));
    }
  }

  @ParameterizedTest
  @EnumSource
  void anUpsertStaysOnTheStandardPath(InsertPath path) throws Exception {
    try (Connection connection = open(path, BadRow.CONTINUE)) {
      PreparedStatement rows =
          DriverConnections.batch(connection, DriverConnections.UPSERT, "e", "a", "b", "c");
      assertThat(rows.executeBatch(), is(new int[] {1, 1, 1}));
      connection.commit();
      assertThat(DriverConnections.storedIds(server), contains("e0", "e1", "e2"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSingleBadRowIsAnErrorInEveryMode(BadRow treatment) throws Exception {
    try (Connection connection = open(InsertPath.STANDARD, treatment);
        PreparedStatement row = connection.prepareStatement(DriverConnections.INSERT)) {
      row.setString(1, "e1");
      row.setString(2, "again");
      assertThat(assertThrows(SQLException.class, row::executeUpdate).getErrorCode(), is(119));
      row.setString(1, "e2");
      row.setString(2, null);
      assertThat(assertThrows(SQLException.class, row::executeUpdate).getErrorCode(), is(108));
    }
  }

  @Test
  void aBrokenReferenceHasItsCode() throws Exception {
    try (Connection connection = open(InsertPath.STANDARD, BadRow.CONTINUE)) {
      server.execute(
          "CREATE TABLE RAG.Links (id VARCHAR(20) NOT NULL PRIMARY KEY,"
              + " target VARCHAR(20) REFERENCES RAG.Entities(entity_id))");
      try (PreparedStatement rows =
          connection.prepareStatement(
              "INSERT OR UPDATE RAG.Links (id, target) VALUES (?, 'nowhere')")) {
        rows.setString(1, "l1");
        rows.addBatch();
        BatchUpdateException bad = assertThrows(BatchUpdateException.class, rows::executeBatch);
        assertThat(bad.getErrorCode(), is(121));
      }
    }
  }

  @Test
  void aVectorOfAnotherLengthIsABadRow() throws Exception {
    try (Connection connection = open(InsertPath.STANDARD, BadRow.CONTINUE)) {
      server.execute("CREATE TABLE RAG.Points (id INTEGER PRIMARY KEY, place VECTOR(FLOAT,2))");
      try (PreparedStatement rows =
          connection.prepareStatement(
              "INSERT OR UPDATE RAG.Points (id, place) VALUES (?, TO_VECTOR(?, FLOAT))")) {
        for (String vector : List.of("1,2", "1,2,3", "one")) {
          rows.setInt(1, vector.length());
          rows.setString(2, vector);
          rows.addBatch();
        }
        BatchUpdateException bad = assertThrows(BatchUpdateException.class, rows::executeBatch);
        assertThat(bad.getErrorCode(), is(104));
        assertThat(bad.getUpdateCounts(), is(new int[] {1, -3, -3}));
      }
    }
  }
}
