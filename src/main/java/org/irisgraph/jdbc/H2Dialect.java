package org.irisgraph.jdbc;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.irisgraph.base.FullDisk;

/** H2 2.x, the embedded default. */
final class H2Dialect implements Dialect {

  private static final int ADMIN_RIGHTS_REQUIRED = 90040;

  /** Also raised while a killed process still holds the file's lock. */
  private static final int ALREADY_OPEN = 90020;

  private static final String PREFIX = "jdbc:h2:";

  /** In kilobytes. With H2's 16 MB, linking 19,200 documents took a third more processor time. */
  private static final int CACHE = 64 * 1024;

  /** A prefix such as {@code mem:} or {@code tcp:}; a single letter is a Windows drive. */
  private static final Pattern DISK = Pattern.compile("^(?:file|async):");

  /** Of a server, the mode would be that of all who connect; the others allow no such mode. */
  private static final Pattern NEVER_READ_ONLY =
      Pattern.compile(
          "jdbc:h2:(?:tcp|ssl|mem):.*|.*;(?:AUTO_SERVER|ACCESS_MODE_DATA)=.*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private static final Pattern FILE_SYSTEM = Pattern.compile("\\w{2,}:.*", Pattern.DOTALL);

  /** The types of columns that hold vectors. */
  private static final Pattern ARRAY =
      Pattern.compile(
          "(REAL|DOUBLE PRECISION|FLOAT|NUMERIC|DECFLOAT)(\\(.*\\))? ARRAY(\\[(?<length>\\d+)\\])?");

  @Override
  public String name() {
    return "H2";
  }

  @Override
  public Driver driver() {
    return new org.h2.Driver();
  }

  @Override
  public String driverCoordinates() {
    return "com.h2database:h2";
  }

  @Override
  public String upsert(String table, List<String> columns, List<String> key) {
    return "MERGE INTO %s (%s) KEY (%s) VALUES (%s)"
        .formatted(
            table, String.join(", ", columns), String.join(", ", key), Sql.markers(columns.size()));
  }

  @Override
  public boolean hasWideIndexes() {
    return true;
  }

  /** KEY is the one reserved word among the columns that this project knows. */
  @Override
  public String identifier(String name) {
    return name.equals("key") ? "\"KEY\"" : name;
  }

  /** H2's VARCHAR holds at most 1,048,576 characters. */
  @Override
  public String textType() {
    return "CLOB";
  }

  /** H2 has no VECTOR. */
  @Override
  public String vectorType(int dimensions) {
    return "REAL ARRAY[" + dimensions + "]";
  }

  @Override
  public Optional<VectorColumn> vectorColumn(Connection connection, String table, String name)
      throws SQLException {
    return CatalogRows.read(
            connection,
            List.of(
                "COLUMN_NAME", "DATA_TYPE_SQL(TABLE_SCHEMA, TABLE_NAME, 'TABLE', DTD_IDENTIFIER)"),
            "COLUMNS",
            table,
            "")
        .stream()
        .filter(row -> name.equalsIgnoreCase(row.get(0)))
        .map(row -> ARRAY.matcher(String.valueOf(row.get(1))))
        .filter(Matcher::matches)
        .map(type -> Objects.requireNonNullElse(type.group("length"), "0"))
        .map(length -> new VectorColumn(name, "?", true, Integer.parseInt(length)))
        .findAny();
  }

  /**
   * A full disk closes the database; its code is that of any error of input and output. Messages
   * about bad data quote it, and it may be anything.
   */
  @Override
  public ErrorClass classify(SQLException exception) {
    ErrorClass known =
        ErrorTable.byCode(ErrorTable.H2, exception.getErrorCode())
            .orElseGet(() -> ErrorTable.byState(ErrorTable.H2, exception));
    return known != ErrorClass.BAD_DATA && FullDisk.isCauseOf(exception)
        ? ErrorClass.CONFIGURATION
        : known;
  }

  @Override
  public boolean isInUse(SQLException exception) {
    return exception.getErrorCode() == ALREADY_OPEN;
  }

  /**
   * Turns off two defaults of H2: it closes an embedded database while a stopping process still
   * writes; and on closing it compacts the file for 200 ms, during which a process that ended left
   * a file with overlapping chunks. Compresses pages: of ids in hexadecimal, 40 % less is written.
   *
   * <p>Of a file, leaves H2's own trace out: each refused opening of one that is in use added two
   * kilobytes to a file beside it, of what the program reports itself.
   */
  @Override
  public Map<String, String> connectionProperties(String jdbcUrl) {
    Map<String, String> properties =
        new HashMap<>(
            Map.of("DB_CLOSE_ON_EXIT", "FALSE", "MAX_COMPACT_TIME", "0", "COMPRESS", "TRUE"));
    if (isFile(jdbcUrl)) {
      properties.put("TRACE_LEVEL_FILE", "0");
    }
    return properties;
  }

  /** Opens the file for reading: H2 writes a new chunk even if nothing has changed. */
  @Override
  public Map<String, String> readOnlyProperties() {
    return Map.of("ACCESS_MODE_DATA", "r");
  }

  @Override
  public boolean mayReadOnly(String jdbcUrl) {
    return !NEVER_READ_ONLY.matcher(jdbcUrl).matches();
  }

  /**
   * Opens a file through H2's {@code async:} file system. A cancelled pipeline interrupts its
   * writers, and an interrupt closes a {@link java.nio.channels.FileChannel} for the whole JVM. It
   * reads each page in another thread, which took questions up to half of their time.
   */
  @Override
  public String driverUrl(String jdbcUrl) {
    return isFile(jdbcUrl) ? PREFIX + "async:" + path(jdbcUrl) : jdbcUrl;
  }

  /** Whether the database is a file of the default file system, rather than of a server. */
  private static boolean isFile(String jdbcUrl) {
    return !FILE_SYSTEM.matcher(path(jdbcUrl)).matches();
  }

  private static String path(String jdbcUrl) {
    return DISK.matcher(jdbcUrl.substring(PREFIX.length())).replaceFirst("");
  }

  /**
   * Writes each commit at once: with H2's default delay a killed process lost 1,800 committed rows
   * in one measurement. Enlarges the cache, unless the URL or an earlier statement has set it. On a
   * server only an administrator may set these, and decides them.
   */
  @Override
  public void initialise(Connection connection, IrisIsolation isolation) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET WRITE_DELAY 0");
      if (!hasCacheSize(statement)) {
        statement.execute("SET CACHE_SIZE " + CACHE);
      }
    } catch (SQLException e) {
      if (e.getErrorCode() != ADMIN_RIGHTS_REQUIRED) {
        throw e;
      }
    }
  }

  private static boolean hasCacheSize(Statement statement) throws SQLException {
    try (ResultSet size =
        statement.executeQuery(
            "SELECT 1 FROM INFORMATION_SCHEMA.SETTINGS WHERE SETTING_NAME = 'CACHE_SIZE'")) {
      return size.next();
    }
  }
}
