package org.irisgraph.jdbc;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** H2 2.x, the embedded default. */
final class H2Dialect implements Dialect {

  private static final int ADMIN_RIGHTS_REQUIRED = 90040;

  /** Also while a process that was killed still holds the file's lock. */
  private static final int ALREADY_OPEN = 90020;

  private static final String PREFIX = "jdbc:h2:";

  /** As in {@code mem:} or {@code tcp:}; one letter is a drive of Windows. */
  private static final Pattern FILE_SYSTEM = Pattern.compile("\\w{2,}:.*", Pattern.DOTALL);

  @Override
  public String name() {
    return "H2";
  }

  @Override
  public Driver driver() {
    return new org.h2.Driver();
  }

  @Override
  public String upsert(String table, List<String> columns, List<String> key) {
    return "MERGE INTO %s (%s) KEY (%s) VALUES (%s)"
        .formatted(
            table, String.join(", ", columns), String.join(", ", key), Sql.markers(columns.size()));
  }

  /** VARCHAR ends at 1,048,576 characters, hence CLOB; there is no VECTOR, hence REAL ARRAY. */
  @Override
  public String columnType(ColumnType type, int length) {
    return switch (type) {
      case VARCHAR -> "VARCHAR(" + length + ")";
      case TEXT -> "CLOB";
      case INTEGER -> "INTEGER";
      case BIGINT -> "BIGINT";
      case DOUBLE -> "DOUBLE PRECISION";
      case TIMESTAMP -> "TIMESTAMP";
      case VECTOR -> "REAL ARRAY[" + length + "]";
    };
  }

  /** Error codes as in {@code org.h2.api.ErrorCode}. */
  @Override
  public ErrorClass classify(SQLException exception) {
    return switch (exception.getErrorCode()) {
      // Deadlock, lock timeout, concurrent update, broken connection, database closed or in use.
      case 40001, 50200, 90131, 90067, 90098, 90121, 90020 -> ErrorClass.TRANSIENT;
      // Wrong user or password.
      case 28000 -> ErrorClass.CONFIGURATION;
      // Not null, unique, check and foreign key.
      case 23502, 23505, 23506, 23503, 23507, 23513, 23514 -> ErrorClass.BAD_DATA;
      default -> SqlStates.classify(exception);
    };
  }

  @Override
  public boolean isInUse(SQLException exception) {
    return exception.getErrorCode() == ALREADY_OPEN;
  }

  @Override
  public boolean hasSavepoints() {
    return true;
  }

  /**
   * H2 would close an embedded database in the middle of what a stopping process still stores. When
   * it closes, it would also move the parts of its file together, for 200 ms; a process that ended
   * at that moment has left a file behind in which two of them overlapped.
   */
  @Override
  public Map<String, String> connectionProperties() {
    return Map.of("DB_CLOSE_ON_EXIT", "FALSE", "MAX_COMPACT_TIME", "0");
  }

  /**
   * A file is opened so that an interrupt does not close it: a pipeline that is cancelled
   * interrupts its writers, and {@link java.nio.channels.FileChannel} closes for all of the JVM.
   * The file is the same.
   */
  @Override
  public String driverUrl(String jdbcUrl) {
    String database = jdbcUrl.substring(PREFIX.length());
    String file = database.startsWith("file:") ? database.substring("file:".length()) : database;
    return FILE_SYSTEM.matcher(file).matches() ? jdbcUrl : PREFIX + "async:" + file;
  }

  /**
   * With H2's default delay a killed process loses what it had committed: 1,800 rows in one
   * measurement. On a server only an administrator may set it, and it is the administrator's
   * choice.
   */
  @Override
  public void initialise(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET WRITE_DELAY 0");
    } catch (SQLException e) {
      if (e.getErrorCode() != ADMIN_RIGHTS_REQUIRED) {
        throw e;
      }
    }
  }

  @Override
  public boolean ignoresCase() {
    return false;
  }

  @Override
  public String createSchema(String schema) {
    return "CREATE SCHEMA IF NOT EXISTS " + schema;
  }
}
