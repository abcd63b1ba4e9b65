package org.irisgraph.iris;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Reads and deletes rows by the values of one column, in lists of bounded length. */
public final class KeyedRows {

  /** The longest IN list, in values. */
  private static final int MAX_IN_LIST = 500;

  private KeyedRows() {}

  /** The rows of a table in which a column has one of these values. */
  public static List<Row> select(
      Connection connection,
      String from,
      List<String> columns,
      String column,
      Collection<String> values)
      throws SQLException {
    List<Row> rows = new ArrayList<>();
    List<String> all = List.copyOf(values);
    for (int start = 0; start < all.size(); start += MAX_IN_LIST) {
      List<String> some = all.subList(start, Math.min(all.size(), start + MAX_IN_LIST));
      try (PreparedStatement statement =
          connection.prepareStatement(
              "SELECT %s FROM %s WHERE %s IN (%s)"
                  .formatted(String.join(", ", columns), from, column, Sql.markers(some.size())))) {
        for (int i = 0; i < some.size(); i++) {
          statement.setString(i + 1, some.get(i));
        }
        try (ResultSet result = statement.executeQuery()) {
          while (result.next()) {
            Object[] row = new Object[columns.size()];
            for (int i = 0; i < row.length; i++) {
              row[i] = Sql.read(result, i + 1);
            }
            rows.add(Row.of(row));
          }
        }
      }
    }
    return rows;
  }

  /** Binds values by their classes, as {@link Row} names them, from the first parameter on. */
  public static void bind(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      Sql.bind(statement, i + 1, values[i]);
    }
  }

  /** Deletes the rows in which a column has one of these values, in one execution. */
  public static void delete(
      Connection connection, String table, String column, Collection<String> values)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("DELETE FROM %s WHERE %s = ?".formatted(table, column))) {
      try {
        for (String value : values) {
          statement.setString(1, value);
          statement.addBatch();
        }
        statement.executeBatch();
      } catch (SQLException | RuntimeException e) {
        statement.clearBatch();
        throw e;
      }
    }
  }
}
