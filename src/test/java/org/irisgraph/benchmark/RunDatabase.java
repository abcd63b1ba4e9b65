package org.irisgraph.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.PasswordReference;

/** A database that runs of the command line fill, and that can be emptied before the next. */
abstract class RunDatabase {

  private final ConnectionSettings settings;

  private RunDatabase(ConnectionSettings settings) {
    this.settings = settings;
  }

  /** A PostgreSQL server. */
  static RunDatabase postgres(TestTarget server) {
    return new RunDatabase(server.settings()) {
      @Override
      void clear() throws Exception {
        server.execute("DROP SCHEMA IF EXISTS RAG CASCADE", "CHECKPOINT");
      }
    };
  }

  /** An H2 file in a directory of its own, which goes with it. */
  static RunDatabase h2(Path directory) {
    return new RunDatabase(
        new ConnectionSettings(
            "jdbc:h2:" + directory.toAbsolutePath().resolve("graph"),
            null,
            PasswordReference.of(null),
            Map.of(),
            1)) {
      @Override
      void clear() throws IOException {
        if (Files.exists(directory)) {
          try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
              Files.delete(file);
            }
          }
        }
      }
    };
  }

  abstract void clear() throws Exception;

  /** What the command line needs to find it. */
  List<String> options() {
    return settings.user() == null
        ? List.of("--jdbcUrl=" + settings.jdbcUrl())
        : List.of("--jdbcUrl=" + settings.jdbcUrl(), "--jdbcUser=" + settings.user());
  }

  /** When the first document was stored, in milliseconds since 1970. */
  double firstCommitMillis() throws SQLException {
    try (Connection connection = Database.connect(settings);
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT EXTRACT(EPOCH FROM MIN(written_at)) * 1000 FROM RAG.DocumentLedger")) {
      result.next();
      return result.getDouble(1);
    }
  }
}
