package org.irisgraph.iris.wire;

import java.sql.Connection;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A statement that the driver prepared, and its description for the driver. */
final class WireStatement implements AutoCloseable {
  private static final Pattern PLAIN_INSERT =
      Pattern.compile(
          "INSERT\\s+INTO\\s+([^\\s(]+(?:\\s*\\.\\s*[^\\s(]+)?)\\s*\\(([^)]*)\\)\\s*VALUES\\s*"
              + "\\((?:\\s*:%qpar\\(\\d+\\)\\s*,?)+\\s*\\)\\s*",
          Pattern.CASE_INSENSITIVE);

  /** The column's twelve flags, of which the driver reads a few: none set. */
  private static final byte[] NO_FLAGS = new byte[12];

  /** The bit that lets the driver cache the statement; the next would turn sharding on. */
  private static final int CACHEABLE = 1;

  private static final int FAST_INSERT = 2;

  private static final String COLLATED = "VARCHAR_IGNORECASE";

  private final String sql;
  private final Connection connection;
  private final PreparedStatement prepared;
  private final List<ValueType> parameters;
  private final List<String> fastColumns;
  private final String fastTable;
  private final Optional<Change> change;
  private final IndexKeys indexKeys;
  private final LookedUpKeys lookedUp;
  private final Optional<SortOrder> order;
  private final boolean groups;

  WireStatement(Connection connection, String sql, InsertPath path) throws SQLException {
    this.sql = sql;
    this.connection = connection;
    change = Change.of(sql);
    String translated =
        new SqlTranslator(table -> BackingDatabase.uniqueKeys(connection, table)).translate(sql);
    prepared = connection.prepareStatement(translated);
    parameters = StoredColumns.types(connection, sql, parameters(prepared));
    indexKeys = IndexKeys.of(connection, sql);
    lookedUp = LookedUpKeys.of(connection, sql);
    order = SortOrder.of(translated);
    groups = Grouping.isIn(sql);
    Matcher insert = PLAIN_INSERT.matcher(sql);
    boolean fast = path == InsertPath.FAST && insert.matches() && !hasStream(parameters);
    fastTable = fast ? insert.group(1).replaceAll("\\s", "") : "";
    fastColumns =
        fast ? Arrays.stream(insert.group(2).split(",")).map(String::strip).toList() : List.of();
  }

  String sql() {
    return sql;
  }

  /** What the statement changes, empty where it changes no rows. */
  Optional<Change> change() {
    return change;
  }

  boolean isFastInsert() {
    return !fastColumns.isEmpty();
  }

  /** Appends the statement's description for the driver. */
  void describe(ListWriter reply, InsertPath path) throws SQLException {
    if (isFastInsert()) {
      describeFastInsert(reply);
      return;
    }
    if (path == InsertPath.FAST) {
      reply.integer(0);
    }
    describeColumns(reply);
    reply.integer(parameters.size());
    parameters.forEach(parameter -> parameter.describe(reply));
    reply.integer(CACHEABLE);
  }

  /** Appends the columns of a query's result, or nothing where there is none. */
  void describeColumns(ListWriter reply) throws SQLException {
    ResultSetMetaData columns = prepared.getMetaData();
    if (columns == null) {
      return;
    }
    reply.integer(columns.getColumnCount());
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      reply.string(columns.getColumnName(i));
      columnType(columns, i).describe(reply);
      reply
          .string(columns.getColumnLabel(i))
          .string(columns.getTableName(i))
          .string(columns.getSchemaName(i))
          .string("")
          .binary(NO_FLAGS);
    }
  }

  /** Runs the query, and appends its rows. */
  void writeRows(ListWriter reply, List<Object> values, int maxRows) throws SQLException {
    lookedUp.check(values);
    if (order.isPresent()) {
      order.get().check(connection, values);
    }
    bind(values);
    prepared.setMaxRows(maxRows);
    try (ResultSet rows = prepared.executeQuery()) {
      ResultSetMetaData columns = rows.getMetaData();
      List<ValueType> types = new ArrayList<>();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        types.add(columnType(columns, i));
      }
      while (rows.next()) {
        for (int i = 0; i < types.size(); i++) {
          if (groups && columns.getColumnTypeName(i + 1).equals(COLLATED)) {
            reply.text(Grouping.collated(rows.getString(i + 1)));
          } else {
            types.get(i).write(reply, rows, i + 1);
          }
        }
      }
    }
  }

  /** Runs the statement once, and gives its update count, 0 for a definition. */
  int execute(List<Object> values) throws SQLException {
    indexKeys.check(values);
    lookedUp.check(values);
    bind(values);
    prepared.execute();
    return Math.max(0, prepared.getUpdateCount());
  }

  private void bind(List<Object> values) throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      Object value = values.get(i);
      prepared.setObject(
          i + 1, i < parameters.size() ? parameters.get(i).toDatabase(value) : value);
    }
  }

  @Override
  public void close() throws SQLException {
    prepared.close();
  }

  /**
   * The layout of the fast path. Observed: the driver sends the rows as it says; the meaning of the
   * three fields after the slot is not known.
   */
  private void describeFastInsert(ListWriter reply) {
    reply.integer(FAST_INSERT).integer(0).integer(parameters.size()).integer(parameters.size());
    ListWriter defaults = new ListWriter();
    for (int i = 0; i < parameters.size(); i++) {
      parameters.get(i).describe(reply);
      reply.integer(i + 1).integer(0).string("").string("");
      if (i == 0) {
        reply.string(fastTable);
      }
      reply.string(fastColumns.get(i));
      defaults.undefined();
    }
    reply.integer(CACHEABLE).list(defaults);
  }

  private static List<ValueType> parameters(PreparedStatement prepared) throws SQLException {
    ParameterMetaData metaData = prepared.getParameterMetaData();
    List<ValueType> types = new ArrayList<>();
    for (int i = 1; i <= metaData.getParameterCount(); i++) {
      types.add(
          ValueType.of(
              metaData.getParameterType(i),
              metaData.getPrecision(i),
              metaData.getScale(i),
              metaData.isNullable(i) != ParameterMetaData.parameterNoNulls));
    }
    return List.copyOf(types);
  }

  private static ValueType columnType(ResultSetMetaData columns, int i) throws SQLException {
    return ValueType.of(
            columns.getColumnType(i),
            columns.getPrecision(i),
            columns.getScale(i),
            columns.isNullable(i) != ResultSetMetaData.columnNoNulls)
        .inResult();
  }

  private static boolean hasStream(List<ValueType> parameters) {
    return parameters.stream()
        .anyMatch(p -> p.code() == Types.LONGVARCHAR || p.code() == Types.LONGVARBINARY);
  }
}
