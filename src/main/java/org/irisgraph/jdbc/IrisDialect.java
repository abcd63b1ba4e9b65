package org.irisgraph.jdbc;

import static java.time.format.DateTimeFormatter.ISO_LOCAL_TIME;

import com.intersystems.jdbc.IRIS;
import com.intersystems.jdbc.IRISConnection;
import com.intersystems.jdbc.IRISDriver;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.LocalTime;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** InterSystems IRIS through {@code com.intersystems:intersystems-jdbc}. */
final class IrisDialect implements Dialect {

  /** VECTOR columns came with it. */
  private static final IrisVersion OLDEST = new IrisVersion(2024, 1);

  /** The part of a statement that precedes its hints. */
  private static final Pattern VERB = Pattern.compile("^INSERT (OR UPDATE )?");

  private final IrisVersion server;

  /** For a server of a version that is not known. */
  IrisDialect() {
    this(IrisVersion.LATEST);
  }

  private IrisDialect(IrisVersion server) {
    this.server = server;
  }

  @Override
  public Dialect of(Connection connection) throws SQLException {
    return new IrisDialect(IrisVersion.of(connection));
  }

  @Override
  public String name() {
    return "InterSystems IRIS";
  }

  @Override
  public Driver driver() throws SQLException {
    return new IRISDriver();
  }

  @Override
  public String driverCoordinates() {
    return "com.intersystems:intersystems-jdbc";
  }

  /** Updates where any unique constraint matches, the key's among them. */
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
      case DOUBLE -> "DOUBLE";
      case EXACT_VARCHAR -> "VARCHAR(" + length + ") %EXACT";
      // As TO_VECTOR(?, DOUBLE) of those who read them needs it.
      case DOUBLE_VECTOR -> "VECTOR(DOUBLE, %s)".formatted(length);
      case JSON -> "%Library.DynamicObject";
      case IDENTITY -> "BIGINT IDENTITY";
      default -> Dialect.super.columnType(type, length);
    };
  }

  /** A global's reference has some 500 bytes, of which the index's name and its marks need some. */
  @Override
  public int maxKeyBytes() {
    return 430;
  }

  @Override
  public void callClassMethod(Connection connection, String className, String method)
      throws SQLException {
    int limit = connection.getNetworkTimeout();
    // What a class does takes as long as it takes.
    connection.setNetworkTimeout(Runnable::run, 0);
    try {
      IRIS.createIRIS(connection.unwrap(IRISConnection.class)).classMethodVoid(className, method);
    } catch (RuntimeException e) {
      // The native API reports the server's errors so.
      throw new SQLException(String.valueOf(e.getMessage()), e);
    } finally {
      connection.setNetworkTimeout(Runnable::run, limit);
    }
  }

  @Override
  public String textType() {
    return "LONGVARCHAR";
  }

  @Override
  public String vectorType(int dimensions) {
    return "VECTOR(%s, %s)".formatted(IrisVectors.element(server), dimensions);
  }

  @Override
  public Optional<String> nearest(String table, String id, VectorColumn column, int most) {
    return Optional.of(IrisVectors.nearest(table, id, column, most));
  }

  @Override
  public Optional<VectorColumn> vectorColumn(Connection connection, String table, String name)
      throws SQLException {
    return TableShape.lookUp(connection, table).has(name)
        ? Optional.of(IrisVectors.column(connection, table, name, this::classify))
        : Optional.empty();
  }

  @Override
  public ErrorClass classify(SQLException exception) {
    return IrisErrors.classify(exception);
  }

  @Override
  public boolean isKeyTooLong(SQLException exception) {
    return IrisErrors.isKeyTooLong(exception);
  }

  @Override
  public String code(SQLException exception) {
    return IrisErrors.code(exception).orElseGet(() -> Dialect.super.code(exception));
  }

  @Override
  public int maxStringLength() {
    return Sql.MAX_STRING;
  }

  /** A text: the driver takes java.sql.Time alone, which has no fractions of a second. */
  @Override
  public Object timeOfDay(LocalTime time) {
    return ISO_LOCAL_TIME.format(time);
  }

  @Override
  public boolean isConnectionLimit(SQLException exception) {
    return IrisErrors.isConnectionLimit(exception);
  }

  /** Not verified for any version of the driver; bad rows are found by bisection instead. */
  @Override
  public boolean hasSavepoints() {
    return false;
  }

  /** Has READ UNCOMMITTED, READ COMMITTED and READ VERIFIED. */
  @Override
  public boolean hasSnapshots() {
    return false;
  }

  /**
   * Shared memory fails across containers. The driver's default buffers of 32 KB stall 44 ms for
   * each 64 KB of a message. The time limits are in milliseconds.
   */
  @Override
  public Map<String, String> connectionProperties(String jdbcUrl) {
    return Map.of(
        "SharedMemory", "false",
        "SO_SNDBUF", "1048576",
        "SO_RCVBUF", "1048576",
        "NetworkTimeout", "120000",
        "CommitTimeout", "60000");
  }

  /**
   * Sets READ COMMITTED unless the settings have the driver's default, READ UNCOMMITTED, with which
   * the look-up before a write could find what another writer rolls back.
   *
   * @throws SQLException if the server is older than the oldest supported one
   */
  @Override
  public void initialise(Connection connection, IrisIsolation isolation) throws SQLException {
    IrisVersion version = IrisVersion.of(connection);
    if (version.isBefore(OLDEST)) {
      throw new SQLException(
          "the server is InterSystems IRIS %s; the oldest supported version is %s, the first with vectors"
              .formatted(version, OLDEST),
          "0A000");
    }
    if (isolation == IrisIsolation.READ_COMMITTED) {
      connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    }
  }

  /** Reads INFORMATION_SCHEMA, which does not give a column's position in the index. */
  @Override
  public Set<String> indexedColumns(Connection connection, String table) throws SQLException {
    return CatalogRows.read(connection, List.of("COLUMN_NAME"), "INDEXES", table, "").stream()
        .map(row -> String.valueOf(row.get(0)).toLowerCase(Locale.ROOT))
        .collect(Collectors.toSet());
  }

  /** GROUP BY and DISTINCT, and ORDER BY in some versions, would give the text in capitals. */
  @Override
  public String exactText(String column) {
    return "%EXACT(" + column + ")";
  }

  /** VARCHAR collates as SQLUPPER unless declared otherwise. */
  @Override
  public Comparator<String> keyOrder() {
    return Comparator.comparing(KeyComparison::fold);
  }

  @Override
  public OptionalInt lockThreshold(Connection connection) {
    return IrisOptions.lockThreshold(connection);
  }

  /** The licence of the driver does not allow to bundle it. */
  @Override
  public Optional<String> driverInFlinkLib() {
    return Optional.of("intersystems-jdbc");
  }

  @Override
  public Optional<String> edition(Connection connection) {
    return IrisOptions.licence(connection);
  }

  /** Each connection of a user takes a unit of the licence. */
  @Override
  public OptionalInt freeConnections(Connection connection) {
    return IrisOptions.freeLicenceUnits(connection);
  }

  /** A table creates its schema. */
  @Override
  public Optional<String> createSchema(String schema) {
    return Optional.empty();
  }
}
