package org.irisgraph.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.irisgraph.iris.TestTarget;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How PostgreSQL finds the rows of a table that was empty when the writers began. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@Tag("slow")
class PostgresLookUpsIT {

  /** After five executions the server keeps one plan. */
  private static final int LOOK_UPS = 20;

  private static final int ROWS = 20_000;
  private static final String TABLE = "look_ups";

  @Test
  void doNotScanTheWholeTable() throws Exception {
    try (TestTarget postgres = TestTarget.postgres()) {
      postgres.execute("CREATE TABLE %s (id VARCHAR(64) PRIMARY KEY)".formatted(TABLE));
      List<String> keys = IntStream.range(0, 500).mapToObj(i -> "key" + i).toList();
      try (Database database = Database.acquire(postgres.settings())) {
        for (int i = 0; i < LOOK_UPS; i++) {
          lookUp(database, keys);
        }
        postgres.execute(
            "INSERT INTO %s SELECT 'key' || i FROM generate_series(0, %d) i"
                .formatted(TABLE, ROWS - 1));

        for (int i = 0; i < LOOK_UPS; i++) {
          assertThat(lookUp(database, keys), hasSize(keys.size()));
        }
      }

      // The server's statistics come after a while, of whole sessions at once.
      try (Connection connection = Database.connect(postgres.settings())) {
        while (readByIndex(connection) == 0 && readByScan(connection) == 0) {
          Thread.onSpinWait();
        }
        assertThat(readByScan(connection), is(0L));
      }
    }
  }

  private static List<Row> lookUp(Database database, List<String> keys) throws Exception {
    return database.query(
        connection -> KeyedRows.select(connection, TABLE, List.of("id"), "id", keys));
  }

  private static long readByIndex(Connection connection) throws Exception {
    return statistic(connection, "idx_tup_fetch");
  }

  private static long readByScan(Connection connection) throws Exception {
    return statistic(connection, "seq_tup_read");
  }

  private static long statistic(Connection connection, String column) throws Exception {
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT %s FROM pg_stat_user_tables WHERE relname = '%s'"
                    .formatted(column, TABLE))) {
      result.next();
      return result.getLong(1);
    }
  }
}
