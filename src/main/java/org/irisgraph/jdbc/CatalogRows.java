package org.irisgraph.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads what INFORMATION_SCHEMA says about one table, ignoring the case of its name. */
final class CatalogRows {

  private CatalogRows() {}

  /**
   * Reads rows, each as the texts of its columns.
   *
   * <p>Asks for the name as it is written first. With a function around the columns IRIS would
   * compute the rows of all tables of the namespace.
   *
   * @param view a view that has the columns TABLE_SCHEMA and TABLE_NAME
   * @param table {@code SCHEMA.TABLE}
   * @param order follows the condition, empty or beginning with a space
   */
  static List<List<@Nullable String>> read(
      Connection connection, List<String> columns, String view, String table, String order)
      throws SQLException {
    String query =
        "SELECT %s FROM INFORMATION_SCHEMA.%s WHERE %%s%s"
            .formatted(String.join(", ", columns), view, order);
    int dot = table.indexOf('.');
    String schema = table.substring(0, dot);
    String name = table.substring(dot + 1);
    List<List<@Nullable String>> asWritten =
        rows(
            connection,
            query.formatted("TABLE_SCHEMA = ? AND TABLE_NAME = ?"),
            columns.size(),
            schema,
            name);
    return asWritten.isEmpty()
        ? rows(
            connection,
            query.formatted("LOWER(TABLE_SCHEMA) = ? AND LOWER(TABLE_NAME) = ?"),
            columns.size(),
            schema.toLowerCase(Locale.ROOT),
            name.toLowerCase(Locale.ROOT))
        : asWritten;
  }

  private static List<List<@Nullable String>> rows(
      Connection connection, String query, int columns, String schema, String name)
      throws SQLException {
    List<List<@Nullable String>> rows = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, schema);
      statement.setString(2, name);
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          List<@Nullable String> row = new ArrayList<>();
          for (int i = 1; i <= columns; i++) {
            row.add(result.getString(i));
          }
          rows.add(row);
        }
      }
    }
    return rows;
  }
}
