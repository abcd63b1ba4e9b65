package org.irisgraph.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2FileTest {

  private static final double LONG = 1000;

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void changeRowsInManyTransactions() throws Exception {
    file = directory.resolve("graph.mv.db");
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE T (ID INT PRIMARY KEY, NAME VARCHAR)");
      statement.execute("INSERT INTO T SELECT X, RANDOM_UUID() FROM SYSTEM_RANGE(1, 2000)");
      for (int i = 1; i <= 300; i++) {
        statement.execute("UPDATE T SET NAME = RANDOM_UUID() WHERE MOD(ID, 300) = " + i % 300);
      }
    }
  }

  @Test
  void keepsAllRowsInASmallFile() throws Exception {
    List<String> rows = rows();
    long before = Files.size(file);

    OptionalLong size = H2File.compact(file, LONG, 0);

    assertThat(size.orElseThrow(), is(Files.size(file)));
    assertThat(Files.size(file), is(lessThan(before / 2)));
    assertThat(rows(), is(rows));
    assertThat(rows.size(), is(2000));
    assertThat(directory.toFile().list(), is(new String[] {"graph.mv.db"}));
    assertThat("a second time", H2File.compact(file, LONG, 0), is(OptionalLong.empty()));
  }

  @Test
  @Tag("slow")
  void leavesAFileThatIsSmallOrWouldTakeTooLong() throws Exception {
    long before = Files.size(file);

    assertThat(H2File.compact(file, LONG, before + 1), is(OptionalLong.empty()));
    assertThat(H2File.compact(file, 0, 0), is(OptionalLong.empty()));
    assertThat(H2File.compact(directory.resolve("none.mv.db"), LONG), is(OptionalLong.empty()));
    assertThat(Files.size(file), is(before));
  }

  @Tag("slow")
  @Test
  void leavesADatabaseThatIsOpen() throws Exception {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      assertThrows(IOException.class, () -> H2File.compact(file, LONG, 0));
      assertThat(statement.executeUpdate("DELETE FROM T WHERE ID > 1000"), is(1000));
    }
    assertThat(rows().size(), is(1000));
  }

  @Test
  @Tag("slow")
  void losesNothingIfItIsKilledOnTheWay() throws Exception {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO T SELECT X, RANDOM_UUID() FROM SYSTEM_RANGE(3000, 20000)");
      statement.execute("UPDATE T SET NAME = NAME || 1");
      statement.execute("UPDATE T SET NAME = NAME || 2");
    }
    List<String> rows = rows();

    // At the beginning of the copy, on its way, and when it has just got the name of the other.
    for (long copied : new long[] {1, 300_000, Long.MAX_VALUE}) {
      killCompactionAt(copied);

      assertThat(rows(), is(rows));
      assertThat(directory.toFile().list(), is(new String[] {"graph.mv.db"}));
    }
  }

  /** Kills it when the copy has so many bytes, or has taken the place of the file. */
  private void killCompactionAt(long copied) throws Exception {
    long before = Files.size(file);
    Path copy = directory.resolve("graph.mv.db.tempFile");
    Path log = directory.resolve("log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Compaction.class.getName(),
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      while (process.isAlive() && size(copy) < copied && Files.size(file) == before) {
        Thread.onSpinWait();
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertThat(Files.readString(log), not(containsString("Exception")));
    Files.delete(log);
  }

  private static long size(Path file) throws IOException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  /** A process that compacts a file. */
  static final class Compaction {

    private Compaction() {}

    public static void main(String[] arguments) throws Exception {
      H2File.compact(Path.of(arguments[0]), LONG, 0);
    }
  }

  private List<String> rows() throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT ID, NAME FROM T ORDER BY ID")) {
      while (result.next()) {
        rows.add(result.getInt(1) + " " + result.getString(2));
      }
    }
    return rows;
  }

  private Connection connect() throws SQLException {
    return Database.connect(
        new ConnectionSettings(
            "jdbc:h2:" + directory.resolve("graph"),
            null,
            PasswordReference.of(null),
            Map.of(),
            1));
  }
}
