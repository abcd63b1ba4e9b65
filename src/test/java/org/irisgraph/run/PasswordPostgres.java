package org.irisgraph.run;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A PostgreSQL server that asks its users for their passwords, and can be away for a while. The
 * superuser {@code postgres} needs none.
 */
public final class PasswordPostgres implements AutoCloseable {

  public static final String USER = "indexer";
  public static final String PASSWORD = "kettle-Mountain-7";

  private final Path data;
  private final int port;
  private EmbeddedPostgres server;

  private PasswordPostgres(Path data, int port) {
    this.data = data;
    this.port = port;
  }

  public static PasswordPostgres start(Path data) throws IOException, SQLException {
    PasswordPostgres postgres;
    try (ServerSocket socket = new ServerSocket(0)) {
      postgres = new PasswordPostgres(data, socket.getLocalPort());
    }
    postgres.comeBack();
    Files.writeString(
        data.resolve("pg_hba.conf"),
        """
        host all postgres 127.0.0.1/32 trust
        host all postgres ::1/128 trust
        host all all 127.0.0.1/32 scram-sha-256
        """);
    postgres.execute("SELECT pg_reload_conf()");
    postgres.execute("CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(USER, PASSWORD));
    return postgres;
  }

  /** Makes an empty database for the user. */
  public void createDatabase(String name) throws SQLException {
    execute("CREATE DATABASE %s OWNER %s".formatted(name, USER));
  }

  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
  }

  /** Connects to a database as a superuser. */
  public Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(jdbcUrl(database), "postgres", "");
  }

  /** Ends all connections, and takes no new ones. */
  public void goAway() throws IOException {
    server.close();
  }

  public void comeBack() throws IOException {
    server =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            .setPort(port)
            .setServerConfig("synchronous_commit", "on")
            .start();
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
