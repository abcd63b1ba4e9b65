package org.irisgraph.iris.wire;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts are compared as SQLUPPER does: case and white space at the end do not count. */
@Timeout(300)
class CollationTest {
  private IrisWireServer server;
  private Connection connection;

  @BeforeEach
  void start() throws Exception {
    server = IrisWireServer.start();
    server.acceptAnyStatement();
    DriverConnections.createEntities(server);
    server.execute(
        "CREATE TABLE RAG.Codes (code VARCHAR(20) %EXACT NOT NULL PRIMARY KEY, note VARCHAR(20))");
    connection = DriverConnections.connect(server);
  }

  @AfterEach
  void stop() throws Exception {
    connection.close();
    server.close();
  }

  private void store(String id, String name) throws SQLException {
    try (PreparedStatement upsert = connection.prepareStatement(DriverConnections.UPSERT)) {
      upsert.setString(1, id);
      upsert.setString(2, name);
      upsert.executeUpdate();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"key", "KEY", "key ", "Key\t", "key  \n"})
  void aKeyIsTheSameInAnyCaseAndWithBlanksAtItsEnd(String other) throws Exception {
    store("key", "first");
    store(other, "second");
    assertThat(
        DriverConnections.column(connection, "SELECT entity_name FROM RAG.Entities"),
        contains("second"));
    try (PreparedStatement insert = connection.prepareStatement(DriverConnections.INSERT)) {
      insert.setString(1, other);
      insert.setString(2, "third");
      assertThat(assertThrows(SQLException.class, insert::executeUpdate).getErrorCode(), is(119));
    }
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT entity_name FROM RAG.Entities WHERE entity_id IN (?, ?)")) {
      query.setString(1, other);
      query.setString(2, "nothing");
      assertThat(DriverConnections.strings(query.executeQuery()), contains("second"));
    }
  }

  @Test
  void blanksBeforeAndInsideAKeyCount() throws Exception {
    store("a b", "1");
    store(" a b", "2");
    store("ab", "3");
    assertThat(
        DriverConnections.column(connection, "SELECT entity_name FROM RAG.Entities"),
        containsInAnyOrder("1", "2", "3"));
  }

  @Test
  void caseCountsInAColumnThatIsExact() throws Exception {
    for (String code : List.of("a", "A")) {
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO RAG.Codes (code, note) VALUES (?, ?)")) {
        insert.setString(1, code);
        insert.setString(2, "n");
        insert.executeUpdate();
      }
    }
    assertThat(
        DriverConnections.column(connection, "SELECT code FROM RAG.Codes"),
        containsInAnyOrder("a", "A"));
  }

  @Test
  void groupedValuesComeInCapitalsUnlessTheyAreExact() throws Exception {
    store("a", "Aspirin");
    store("b", "aspirin ");
    store("c", "Straße");
    for (String grouped :
        List.of(
            "SELECT entity_name FROM RAG.Entities GROUP BY entity_name",
            "SELECT DISTINCT entity_name FROM RAG.Entities",
            "SELECT entity_name FROM (SELECT DISTINCT entity_name FROM RAG.Entities) e",
            "SELECT entity_name FROM RAG.Entities UNION SELECT entity_name FROM RAG.Entities")) {
      assertThat(
          grouped,
          DriverConnections.column(connection, grouped),
          containsInAnyOrder("ASPIRIN", "STRASSE"));
    }
    assertThat(
        DriverConnections.column(
            connection,
            "SELECT DISTINCT %EXACT(entity_name) FROM RAG.Entities WHERE"
                + " %EXACT(entity_name) = 'Aspirin'"),
        contains("Aspirin"));
    assertThat(
        DriverConnections.column(
            connection,
            "SELECT entity_name FROM RAG.Entities WHERE entity_id IN"
                + " (SELECT MIN(entity_id) FROM RAG.Entities GROUP BY entity_name)"),
        containsInAnyOrder("Aspirin", "Straße"));
    assertThat(
        DriverConnections.column(
            connection, "SELECT entity_name FROM RAG.Entities ORDER BY entity_name"),
        contains("Aspirin", "aspirin ", "Straße"));
  }
}
