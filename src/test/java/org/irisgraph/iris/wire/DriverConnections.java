package org.irisgraph.iris.wire;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** What the tests of the stand-in do with the real driver. */
final class DriverConnections {
  static final String UPSERT =
      "INSERT OR UPDATE RAG.Entities (entity_id, entity_name) VALUES (?, ?)";
  static final String INSERT = "INSERT INTO RAG.Entities (entity_id, entity_name) VALUES (?, ?)";

  /** Long enough for a machine under load, short enough to wait for. */
  static final String TIMEOUT_MILLIS = "500";

  private DriverConnections() {}

  static Properties properties(IrisWireServer server) {
    Properties properties = new Properties();
    properties.setProperty("user", server.user());
    properties.setProperty("password", server.password());
    properties.setProperty("SharedMemory", "false");
    return properties;
  }

  static Connection connect(IrisWireServer server) throws SQLException {
    return DriverManager.getConnection(server.jdbcUrl(), properties(server));
  }

  /** A connection that does not wait long for an answer. */
  static Connection impatient(IrisWireServer server) throws SQLException {
    Properties properties = properties(server);
    properties.setProperty("NetworkTimeout", TIMEOUT_MILLIS);
    properties.setProperty("CommitTimeout", TIMEOUT_MILLIS);
    Connection connection = DriverManager.getConnection(server.jdbcUrl(), properties);
    connection.setAutoCommit(false);
    return connection;
  }

  static void createEntities(IrisWireServer server) throws SQLException {
    server.execute(
        "CREATE TABLE RAG.Entities (entity_id VARCHAR(20) NOT NULL PRIMARY KEY,"
            + " entity_name VARCHAR(50) NOT NULL)");
  }

  /** A statement with a row for every name; the ids are prefix0, prefix1 and so on. */
  static PreparedStatement batch(Connection connection, String sql, String prefix, String... names)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < names.length; i++) {
      statement.setString(1, prefix + i);
      statement.setString(2, names[i]);
      statement.addBatch();
    }
    return statement;
  }

  /** The ids that are committed, seen past the driver. */
  static List<String> storedIds(IrisWireServer server) throws SQLException {
    List<String> ids = new ArrayList<>();
    try (Connection connection = server.backingConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT entity_id FROM RAG.Entities ORDER BY entity_id")) {
      while (rows.next()) {
        ids.add(rows.getString(1));
      }
    }
    return ids;
  }

  /** The types of the messages that are answered; the others may be logged a little late. */
  static List<String> types(IrisWireServer server) {
    return server.messages().stream()
        .map(LoggedMessage::type)
        .filter(type -> !MessageLog.ONE_WAY.contains(type))
        .toList();
  }

  /** The executions of batches. */
  static List<LoggedMessage> executions(IrisWireServer server) {
    return server.messages().stream().filter(message -> message.type().equals("PU")).toList();
  }

  static List<String> column(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return strings(statement.executeQuery(sql));
    }
  }

  static List<String> strings(ResultSet rows) throws SQLException {
    List<String> values = new ArrayList<>();
    while (rows.next()) {
      values.add(rows.getString(1));
    }
    return values;
  }
}
