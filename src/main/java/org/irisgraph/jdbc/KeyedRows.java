package org.irisgraph.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads and deletes rows by the values of one column. The number and length of the values are
 * unlimited; they are sliced so that neither a statement nor its parameters exceed what a driver
 * can send in one message.
 */
public final class KeyedRows {

  /** The most characters of keys in one execution of deletes. */
  static final int MAX_DELETE_CHARACTERS = 1_000_000;

  private KeyedRows() {}

  /** Reads the rows of a table in which a column has one of these values. */
  public static List<Row> select(
      Connection connection,
      String from,
      List<String> columns,
      String column,
      Collection<String> values)
      throws SQLException {
    List<Row> rows = new ArrayList<>();
    for (InList list : InList.of(values)) {
      rows.addAll(
          selectWhere(
              connection,
              from,
              columns,
              "%s IN (%s)".formatted(column, list.markers()),
              list.parameters()));
    }
    return rows;
  }

  /** Reads the rows of a table that meet a condition with texts as parameters. */
  public static List<Row> selectWhere(
      Connection connection,
      String from,
      List<String> columns,
      String condition,
      List<String> parameters)
      throws SQLException {
    return read(connection, query(from, columns, condition), parameters, 0);
  }

  /**
   * Reads some rows of a table that meet a condition with texts as parameters.
   *
   * @param most how many at most
   */
  public static List<Row> someWhere(
      Connection connection,
      String from,
      List<String> columns,
      String condition,
      List<String> parameters,
      int most)
      throws SQLException {
    return read(connection, query(from, columns, condition), parameters, most);
  }

  /**
   * Reads the first rows of a table that meet a condition with texts as parameters.
   *
   * @param condition with the order of the rows
   * @param most how many at most
   */
  public static List<Row> firstWhere(
      Connection connection,
      Dialect dialect,
      String from,
      List<String> columns,
      String condition,
      List<String> parameters,
      int most)
      throws SQLException {
    return read(connection, dialect.first(query(from, columns, condition), most), parameters, most);
  }

  private static String query(String from, List<String> columns, String condition) {
    return "SELECT %s FROM %s WHERE %s".formatted(String.join(", ", columns), from, condition);
  }

  private static List<Row> read(
      Connection connection, String query, List<String> parameters, int most) throws SQLException {
    List<Row> rows = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setMaxRows(most);
      bind(statement, parameters.toArray());
      try (ResultSet result = statement.executeQuery()) {
        int columns = result.getMetaData().getColumnCount();
        while (result.next()) {
          @Nullable Object[] row = new @Nullable Object[columns];
          for (int i = 0; i < row.length; i++) {
            row[i] = Sql.read(result, i + 1);
          }
          rows.add(Row.of(row));
        }
      }
    }
    return rows;
  }

  /** Binds values of the classes that {@link Row} allows, from the first parameter on. */
  public static void bind(PreparedStatement statement, @Nullable Object... values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      Sql.bind(statement, i + 1, values[i]);
    }
  }

  /** Whether a table has a row. */
  public static boolean isAny(Connection connection, String table) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setMaxRows(1);
      try (ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
        return rows.next();
      }
    }
  }

  /** Deletes the rows of a table in which a column has one of these values. */
  public static void delete(
      Connection connection, String table, String column, Collection<String> values)
      throws SQLException {
    if (values.isEmpty()) {
      return;
    }
    try (PreparedStatement statement =
        connection.prepareStatement("DELETE FROM %s WHERE %s = ?".formatted(table, column))) {
      try {
        for (List<String> slice : slices(values, MAX_DELETE_CHARACTERS)) {
          for (String value : slice) {
            statement.setString(1, value);
            statement.addBatch();
          }
          statement.executeBatch();
        }
      } catch (SQLException | RuntimeException e) {
        statement.clearBatch();
        throw e;
      }
    }
  }

  /** Slices values in their order; a value that exceeds the limit is a slice of its own. */
  static List<List<String>> slices(Collection<String> values, long maxCharacters) {
    List<String> all = List.copyOf(values);
    List<List<String>> slices = new ArrayList<>();
    int start = 0;
    long characters = 0;
    for (int i = 0; i < all.size(); i++) {
      int length = all.get(i).length();
      if (i > start && characters + length > maxCharacters) {
        slices.add(all.subList(start, i));
        start = i;
        characters = 0;
      }
      characters += length;
    }
    if (start < all.size()) {
      slices.add(all.subList(start, all.size()));
    }
    return slices;
  }
}
