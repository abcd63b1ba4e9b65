package org.irisgraph.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import org.joda.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadOnlyConnectionTest {

  @TempDir private Path directory;

  private static ConnectionSettings settings(String url) {
    return new ConnectionSettings(url, null, PasswordReference.of(null), Map.of(), 1);
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:h2:./graph, 1",
    "jdbc:h2:file:~/graph;CACHE_SIZE=1024, 1",
    "jdbc:h2:async:./graph, 1",
    "jdbc:h2:./graph;ACCESS_MODE_DATA=rw, 0",
    "jdbc:h2:./graph;auto_server=true, 0",
    "jdbc:h2:tcp://host/graph, 0",
    "jdbc:h2:ssl://host/graph, 0",
    "jdbc:h2:mem:graph, 0",
    "jdbc:postgresql://host/graph, 0",
    "jdbc:IRIS://host:1972/USER, 0"
  })
  void theModeIsForAFileOfThisProcess(String url, int properties) {
    assertThat(settings(url).readingOnly().properties().size(), is(properties));
  }

  /** As at the end of a run that failed, while writers still end. */
  @Test
  void joinsTheDatabaseThatWritersHaveOpen() throws Exception {
    ConnectionSettings settings = settings("jdbc:h2:" + directory.resolve("graph"));
    try (LauncherConnection writer = open(settings);
        LauncherConnection launcher = open(settings);
        Statement statement = writer.get().createStatement()) {
      statement.execute("CREATE TABLE T (ID INT)");
      statement.execute("INSERT INTO T VALUES (7)");

      Connection reader = launcher.readOnly();

      try (Statement read = reader.createStatement();
          ResultSet row = read.executeQuery("SELECT ID FROM T")) {
        row.next();
        assertThat(row.getInt(1), is(7));
      }
    }
  }

  private static LauncherConnection open(ConnectionSettings settings) throws Exception {
    return LauncherConnection.open(settings, Duration.ZERO, () -> false);
  }
}
