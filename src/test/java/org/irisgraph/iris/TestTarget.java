package org.irisgraph.iris;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.irisgraph.iris.wire.IrisWireServer;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.PasswordReference;
import org.irisgraph.options.IndexingOptions;
import org.joda.time.Duration;

/** A database that the contract tests run against, and what they need to look into it. */
public final class TestTarget implements AutoCloseable {

  /** What ends with a target. */
  private interface Server {

    void close() throws IOException, SQLException;
  }

  private static final String VIEWS_OF_SCHEMA =
      "SELECT TABLE_NAME FROM INFORMATION_SCHEMA.VIEWS WHERE TABLE_SCHEMA = '%s'";

  private static final String TABLES_OF_SCHEMA =
      "SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = '%s'";

  /** A schema of the contracts, where SQL names a table in it. */
  private static final Pattern SCHEMA =
      Pattern.compile("(?<![\\w.'\"])(RAG|Graph_KG|S|T)(?=\\.[\\w\"])");

  /** Comes before the names of the contracts' schemas; empty where the database is theirs alone. */
  private final String prefix;

  private final String name;
  private final ConnectionSettings settings;

  /** Null if another target closes it. */
  private final Server server;

  private final Connection keepAlive;

  private TestTarget(
      String name, ConnectionSettings settings, Connection keepAlive, Server server) {
    this(name, settings, keepAlive, server, "");
  }

  private TestTarget(
      String name,
      ConnectionSettings settings,
      Connection keepAlive,
      Server server,
      String prefix) {
    this.prefix = prefix;
    this.name = name;
    this.settings = settings;
    this.keepAlive = keepAlive;
    this.server = server;
  }

  /** An H2 in memory of its own. */
  public static TestTarget h2() throws SQLException {
    return h2("");
  }

  /** The same with settings in its URL, each after a semicolon. */
  public static TestTarget h2(String urlSettings) throws SQLException {
    ConnectionSettings settings = settings("jdbc:h2:mem:" + UUID.randomUUID() + urlSettings, null);
    return new TestTarget("H2", settings, Database.connect(settings), () -> {});
  }

  /** A PostgreSQL database of its own, durable as in production. */
  public static TestTarget postgres() throws IOException, SQLException {
    return postgresDatabase("");
  }

  /** A PostgreSQL database of its own that holds Latin letters only. */
  public static TestTarget latin1Postgres() throws IOException, SQLException {
    return postgresDatabase("ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0");
  }

  private static TestTarget postgresDatabase(String options) throws IOException, SQLException {
    String database = SharedPostgres.createDatabase(options);
    ConnectionSettings settings = settings(SharedPostgres.jdbcUrl(database), SharedPostgres.USER);
    return new TestTarget(
        "PostgreSQL",
        settings,
        Database.connect(settings),
        () -> SharedPostgres.dropDatabase(database));
  }

  /**
   * A real IRIS server that runs.
   *
   * @param prefix of the names of schemas, so that nobody else's tables are touched
   */
  static TestTarget realIris(
      String name, ConnectionSettings settings, Closeable server, String prefix)
      throws SQLException {
    return new TestTarget(name, settings, Database.connect(settings), server::close, prefix);
  }

  /** The same database for one test, which does not end when the test closes it. */
  TestTarget borrowed() {
    return new TestTarget(name, settings, keepAlive, null, prefix);
  }

  /** The name that a schema of the contracts (RAG, Graph_KG, S or T) has in this database. */
  public String schema(String schema) {
    return prefix + schema;
  }

  /** SQL, or the name of a table, with the names that the contracts' schemas have here. */
  public String in(String sql) {
    return prefix.isEmpty() ? sql : SCHEMA.matcher(sql).replaceAll(prefix + "$1");
  }

  /** Whether this is an IRIS server itself, whose tables are looked into through its driver. */
  public boolean isRealIris() {
    return !prefix.isEmpty();
  }

  /** The real IRIS driver on a stand-in for its server; what is looked into is the H2 behind. */
  public static TestTarget iris(IrisWireServer server) throws IOException, SQLException {
    // Longer than any answer takes on a busy machine.
    return iris(server, Duration.standardMinutes(2));
  }

  /** The same for a stand-in that is to leave requests unanswered for so long. */
  static TestTarget iris(IrisWireServer server, Duration timeout) throws IOException, SQLException {
    String millis = String.valueOf(timeout.getMillis());
    Path password = Files.createTempFile("password", "");
    Files.writeString(password, server.password());
    ConnectionSettings settings =
        new ConnectionSettings(
            server.jdbcUrl(),
            server.user(),
            PasswordReference.of("file:" + password),
            Map.of("NetworkTimeout", millis, "CommitTimeout", millis),
            2);
    return new TestTarget(
        "IRIS " + server.insertPath(),
        settings,
        server.backingConnection(),
        () -> {
          Files.delete(password);
          server.close();
        });
  }

  private static ConnectionSettings settings(String url, String user) {
    return new ConnectionSettings(url, user, PasswordReference.of(null), Map.of(), 2);
  }

  /** Sets the options of the connection. */
  public void useIn(IndexingOptions options) {
    options.setJdbcUrl(settings.jdbcUrl());
    options.setJdbcUser(settings.user());
    String password = settings.password().toString();
    options.setJdbcPasswordFrom(password.equals("none") ? null : password);
    options.setWriters(settings.writers());
  }

  /** Leaves an empty schema, or none where the first table creates it. */
  public void clearSchema(String contract) throws SQLException {
    String schema = schema(contract);
    if (!isRealIris()) {
      execute("DROP SCHEMA IF EXISTS %s CASCADE".formatted(schema), "CREATE SCHEMA " + schema);
      return;
    }
    for (String view : rows(VIEWS_OF_SCHEMA.formatted(schema))) {
      execute("DROP VIEW %s.%s".formatted(schema, view));
    }
    // IRIS refuses to drop a table that others refer to, so the order is found by trying.
    List<String> tables = rows(TABLES_OF_SCHEMA.formatted(schema));
    while (!tables.isEmpty()) {
      SQLException refused = null;
      for (String table : tables) {
        try {
          execute("DROP TABLE %s.%s".formatted(schema, table));
        } catch (SQLException e) {
          refused = e;
        }
      }
      List<String> left = rows(TABLES_OF_SCHEMA.formatted(schema));
      if (refused != null && left.size() == tables.size()) {
        throw refused;
      }
      tables = left;
    }
  }

  public ConnectionSettings settings() {
    return settings;
  }

  public void execute(String... statements) throws SQLException {
    try (Statement statement = keepAlive.createStatement()) {
      for (String sql : statements) {
        statement.execute(in(sql));
      }
    }
  }

  /** The rows of a query, each as its values joined by a bar. */
  public List<String> rows(String query) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = keepAlive.createStatement();
        ResultSet result = statement.executeQuery(in(query))) {
      while (result.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          values.add(String.valueOf(result.getString(i)));
        }
        rows.add(String.join("|", values));
      }
    }
    return rows;
  }

  public long count(String table) throws SQLException {
    return Long.parseLong(rows("SELECT COUNT(*) FROM " + table).get(0));
  }

  @Override
  public void close() throws IOException, SQLException {
    if (server != null) {
      keepAlive.close();
      server.close();
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
