package org.irisgraph.iris.wire;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogTest {

  private static final String COLUMNS =
      "SELECT COLUMN_NAME FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?"
          + " ORDER BY ORDINAL_POSITION";

  @Test
  void knowsAtOnceWhatAnotherConnectionDefines() throws Exception {
    try (BackingDatabase database = new BackingDatabase(1000);
        Connection asking = database.connect();
        Connection defining = database.connect();
        Statement statement = defining.createStatement()) {
      assertThat(columns(asking), is(List.of()));
      statement.execute("CREATE TABLE Facts (a INTEGER)");
      assertThat(columns(asking), is(List.of("a")));
      statement.execute("ALTER TABLE Facts ADD b INTEGER");
      assertThat(columns(asking), is(List.of("a", "b")));
      statement.execute("ALTER TABLE Facts ALTER COLUMN b RENAME TO c");
      assertThat(columns(asking), is(List.of("a", "c")));
      statement.execute("DROP TABLE Facts");
      assertThat(columns(asking), is(List.of()));
    }
  }

  @Test
  void isThatOfTheDatabaseThatIsAsked() throws Exception {
    try (BackingDatabase one = new BackingDatabase(1000);
        BackingDatabase other = new BackingDatabase(1000);
        Connection asking = one.connect();
        Connection askingTheOther = other.connect()) {
      one.execute("CREATE TABLE Facts (a INTEGER)");
      other.execute("CREATE TABLE Facts (b INTEGER)");
      assertThat(columns(asking), is(List.of("a")));
      assertThat(columns(askingTheOther), is(List.of("b")));
    }
  }

  private static List<String> columns(Connection connection) throws SQLException {
    return Catalog.rows(connection, COLUMNS, "sqluser.FACTS").stream()
        .map(row -> row.get(0))
        .toList();
  }
}
