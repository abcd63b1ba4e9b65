package org.irisgraph.iris;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.irisgraph.iris.wire.InsertPath;
import org.irisgraph.iris.wire.IrisWireServer;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.Dialects;
import org.irisgraph.jdbc.IrisIsolation;
import org.irisgraph.jdbc.PasswordReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How connections are opened. */
class ConnectionTest {

  @TempDir private Path directory;

  /** As the writers of a pipeline that is cancelled are. */
  @Test
  void anInterruptedWriterLeavesTheEmbeddedDatabaseOpenForOthers() throws Exception {
    ConnectionSettings settings = fileOfH2(directory.resolve("graph"));
    try (Connection other = Database.connect(settings);
        Statement statement = other.createStatement()) {
      statement.execute("CREATE TABLE T (id INT PRIMARY KEY)");

      CompletableFuture.runAsync(() -> insertInterrupted(settings)).get();

      try (ResultSet count = statement.executeQuery("SELECT COUNT(*) FROM T")) {
        count.next();
        assertThat(count.getInt(1), is(1));
      }
    }
  }

  private static void insertInterrupted(ConnectionSettings settings) {
    try (Connection connection = Database.connect(settings);
        Statement statement = connection.createStatement()) {
      Thread.currentThread().interrupt();
      statement.execute("INSERT INTO T VALUES (1)");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } finally {
      Thread.interrupted();
    }
  }

  @Test
  void aFileOfH2IsCompressed() throws Exception {
    try (Connection connection = Database.connect(fileOfH2(directory.resolve("graph")));
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE T (id INT PRIMARY KEY, name VARCHAR) AS"
              + " SELECT X, REPEAT('name', 250) FROM SYSTEM_RANGE(1, 2000)");
    }

    assertThat(Files.size(directory.resolve("graph.mv.db")), is(lessThan(2000 * 1000L)));
  }

  @ParameterizedTest
  @CsvSource({"'', 64", ";CACHE_SIZE=8192, 8", ";cache_size=131072, 128"})
  void theCacheOfAFileOfH2IsEnlargedUnlessItsUrlSetsIt(String urlSettings, String megabytes)
      throws Exception {
    Path file = directory.resolve("graph");

    assertThat(cacheOf(file, urlSettings), is(megabytes));
    assertThat("the size is kept in the file", cacheOf(file, ""), is(megabytes));
  }

  private static String cacheOf(Path file, String urlSettings) throws SQLException {
    try (Connection connection = Database.connect(fileOfH2(file, urlSettings));
        Statement statement = connection.createStatement();
        ResultSet cache =
            statement.executeQuery(
                "SELECT SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS"
                    + " WHERE SETTING_NAME = 'info.CACHE_MAX_SIZE'")) {
      cache.next();
      return cache.getString(1);
    }
  }

  @ParameterizedTest
  @CsvSource({";COMPRESS=FALSE, FALSE", ";compress=true, true"})
  void theUrlOfH2DecidesWhetherAFileIsCompressed(String urlSettings, String compressed)
      throws Exception {
    try (Connection connection =
            Database.connect(fileOfH2(directory.resolve("graph"), urlSettings));
        Statement statement = connection.createStatement();
        ResultSet setting =
            statement.executeQuery(
                "SELECT SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS"
                    + " WHERE SETTING_NAME = 'COMPRESS'")) {
      setting.next();
      assertThat(setting.getString(1), is(compressed));
    }
  }

  private static ConnectionSettings fileOfH2(Path file) {
    return fileOfH2(file, "");
  }

  private static ConnectionSettings fileOfH2(Path file, String urlSettings) {
    return new ConnectionSettings(
        "jdbc:h2:" + file + urlSettings, null, PasswordReference.of(null), Map.of(), 1);
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:h2:./graph, jdbc:h2:async:./graph",
    "jdbc:h2:~/graph;TRACE_LEVEL_FILE=0, jdbc:h2:async:~/graph;TRACE_LEVEL_FILE=0",
    "jdbc:h2:C:/graph, jdbc:h2:async:C:/graph",
    "jdbc:h2:file:/data/graph, jdbc:h2:async:/data/graph",
    "jdbc:h2:async:./graph, jdbc:h2:async:./graph",
    "jdbc:h2:mem:graph, jdbc:h2:mem:graph",
    "jdbc:h2:tcp://host/graph, jdbc:h2:tcp://host/graph",
    "jdbc:h2:nioMapped:./graph, jdbc:h2:nioMapped:./graph"
  })
  void onlyAFileOfH2IsOpenedInAnotherWay(String url, String opened) {
    assertThat(Dialects.of(url).driverUrl(url), is(opened));
  }

  /** The level is kept by the server: one message sets it, and one asks for it. */
  @ParameterizedTest
  @EnumSource(InsertPath.class)
  void readsFromIrisOnlyWhatIsCommitted(InsertPath insertPath) throws Exception {
    try (IrisWireServer server = IrisWireServer.start(insertPath);
        TestTarget target = TestTarget.iris(server);
        Connection connection = Database.connect(target.settings())) {
      assertThat(connection.getTransactionIsolation(), is(Connection.TRANSACTION_READ_COMMITTED));
      assertThat(server.count("IL"), is(2));
    }
  }

  @Test
  void leavesTheIsolationOfIrisAloneIfAskedTo() throws Exception {
    try (IrisWireServer server = IrisWireServer.start();
        TestTarget target = TestTarget.iris(server)) {
      ConnectionSettings asked =
          new ConnectionSettings(
              target.settings().jdbcUrl(),
              target.settings().user(),
              target.settings().password(),
              Map.of(),
              1,
              IrisIsolation.READ_UNCOMMITTED);
      server.resetCounts();

      Database.connect(asked).close();

      assertThat(server.count("IL"), is(0));
    }
  }
}
