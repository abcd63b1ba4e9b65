package org.irisgraph.iris;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The PostgreSQL server of this JVM, durable as in production, which stops with it. It takes
 * seconds to start one, and a moment to create a database.
 */
final class SharedPostgres {

  static final String USER = "postgres";

  private static EmbeddedPostgres server;
  private static int databases;

  private SharedPostgres() {}

  /**
   * Creates an empty database.
   *
   * @param options of {@code CREATE DATABASE}
   * @return its name
   */
  static synchronized String createDatabase(String options) throws IOException, SQLException {
    if (server == null) {
      server = EmbeddedPostgres.builder().setServerConfig("synchronous_commit", "on").start();
    }
    String name = "test" + databases++;
    execute("CREATE DATABASE %s %s".formatted(name, options));
    return name;
  }

  static String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(server.getPort(), database);
  }

  /** Ends what is still connected, such as a run that was killed. */
  static void dropDatabase(String name) throws SQLException {
    execute("DROP DATABASE %s WITH (FORCE)".formatted(name));
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
