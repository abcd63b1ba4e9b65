package org.irisgraph.jdbc;

import com.intersystems.jdbc.IRISDriver;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** InterSystems IRIS through {@code com.intersystems:intersystems-jdbc}. */
final class IrisDialect implements Dialect {

  /** What stands before the hints of a statement. */
  private static final Pattern VERB = Pattern.compile("^INSERT (OR UPDATE )?");

  @Override
  public String name() {
    return "InterSystems IRIS";
  }

  @Override
  public Driver driver() throws SQLException {
    try {
      return new IRISDriver();
    } catch (NoClassDefFoundError e) {
      // On a worker of a cluster: what a job brings along has no driver in it.
      throw new SQLException(
          "the InterSystems driver is missing here: put intersystems-jdbc-*.jar into Flink's lib"
              + " directory on every machine, and restart Flink",
          "28000",
          e);
    }
  }

  /** Updates on any unique constraint, the key's among them. */
  @Override
  public String upsert(String table, List<String> columns, List<String> key) {
    return "INSERT OR UPDATE %s (%s) VALUES (%s)"
        .formatted(table, String.join(", ", columns), Sql.markers(columns.size()));
  }

  @Override
  public boolean hasHints() {
    return true;
  }

  /**
   * {@code INSERT [OR UPDATE] [%keyword ...] [INTO] table}, the keywords separated by blanks as in
   * all versions of the reference. An upsert carries NOLOCK at most.
   */
  @Override
  public String withHints(String statement, Set<IrisHint> hints) {
    String keywords = hints.stream().map(IrisHint::keyword).collect(Collectors.joining(" "));
    return hints.isEmpty()
        ? statement
        : VERB.matcher(statement)
            .replaceFirst(verb -> Matcher.quoteReplacement(verb.group() + keywords + " "));
  }

  /** Needs the privilege {@code %BUILD_INDEX}; the indexes are complete when it returns. */
  @Override
  public String buildIndexes(String table) {
    return "BUILD INDEX FOR TABLE " + table;
  }

  @Override
  public String columnType(ColumnType type, int length) {
    return switch (type) {
      case VARCHAR -> "VARCHAR(" + length + ")";
      case TEXT -> "LONGVARCHAR";
      case INTEGER -> "INTEGER";
      case BIGINT -> "BIGINT";
      case DOUBLE -> "DOUBLE";
      case TIMESTAMP -> "TIMESTAMP";
      case VECTOR -> "VECTOR(FLOAT, " + length + ")";
    };
  }

  /**
   * By SQLCODE, which the driver gives as a positive error code: its SQLStates are S1000 for unique
   * violations, lock conflicts and missing privileges alike. At connect the code is in the cause.
   */
  @Override
  public ErrorClass classify(SQLException exception) {
    int code = exception.getErrorCode();
    if (code == 461 && exception.getCause() instanceof SQLException cause) {
      code = cause.getErrorCode();
    }
    String message = String.valueOf(exception.getMessage());
    if (message.toUpperCase(Locale.ROOT).contains("LICENSE LIMIT EXCEEDED")) {
      return ErrorClass.TRANSIENT;
    }
    return switch (code) {
      // Lock conflict and timeout; link, server and resource failures.
      case 110, 114, 401, 405, 406, 407, 408, 413, 450, 451, 452, 456, 461 -> ErrorClass.TRANSIENT;
      // Validation, conversion, null, unique, foreign key, trigger.
      case 104, 105, 108, 111, 119, 120, 121, 122, 123, 124, 130, 131, 138, 146, 147, 412 ->
          ErrorClass.BAD_DATA;
      // Syntax, table, column, cardinality, privilege, connection refused, password.
      case 1, 12, 25, 29, 30, 62, 99, 115, 116, 201, 402, 417, 459 -> ErrorClass.CONFIGURATION;
      case 0 -> SqlStates.classify(exception);
      default ->
          exception.getSQLState() != null && exception.getSQLState().startsWith("S")
              ? ErrorClass.UNKNOWN
              : SqlStates.classify(exception);
    };
  }

  /** Established for no version of the driver: bad rows are found by bisection instead. */
  @Override
  public boolean hasSavepoints() {
    return false;
  }

  /**
   * Shared memory fails across containers; the driver's 32 KB buffers stall 44 ms for each 64 KB of
   * a message; the time limits are in milliseconds.
   */
  @Override
  public Map<String, String> connectionProperties() {
    return Map.of(
        "SharedMemory", "false",
        "SO_SNDBUF", "1048576",
        "SO_RCVBUF", "1048576",
        "NetworkTimeout", "120000",
        "CommitTimeout", "60000");
  }

  /**
   * The driver's default is READ UNCOMMITTED: what is looked up before it is decided what to write
   * would be what another writer may still roll back.
   */
  @Override
  public void initialise(Connection connection) throws SQLException {
    connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
  }

  /** From INFORMATION_SCHEMA, as the columns are; the positions in an index are not told apart. */
  @Override
  public Set<String> indexedColumns(Connection connection, String table) throws SQLException {
    int dot = table.indexOf('.');
    Set<String> columns = new HashSet<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT COLUMN_NAME FROM INFORMATION_SCHEMA.INDEXES"
                + " WHERE LOWER(TABLE_SCHEMA) = ? AND LOWER(TABLE_NAME) = ?")) {
      statement.setString(1, table.substring(0, dot).toLowerCase(Locale.ROOT));
      statement.setString(2, table.substring(dot + 1).toLowerCase(Locale.ROOT));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          columns.add(String.valueOf(rows.getString(1)).toLowerCase(Locale.ROOT));
        }
      }
    }
    return columns;
  }

  /** VARCHAR collates as SQLUPPER unless it was declared otherwise. */
  @Override
  public boolean ignoresCase() {
    return true;
  }

  @Override
  public String createSchema(String schema) {
    return null;
  }
}
