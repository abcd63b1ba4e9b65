package org.irisgraph.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads what INFORMATION_SCHEMA says about one table, ignoring the case of its name. */
final class CatalogRows {

  private CatalogRows() {}

  /**
   * Reads rows, each as the texts of its columns.
   *
   * <p>Asks for the name as it is written, in capitals, and in small letters. The database must not
   * fold it: with a function around the columns IRIS would compute the rows of all tables of the
   * namespace, and H2 folds by the language of the JVM, in which {@code ENTITIES} may become {@code
   * entıtıes}.
   *
   * @param view a view that has the columns TABLE_SCHEMA and TABLE_NAME
   * @param table {@code SCHEMA.TABLE}
   * @param order follows the condition, empty or beginning with a space
   */
  static List<List<@Nullable String>> read(
      Connection connection, List<String> columns, String view, String table, String order)
      throws SQLException {
    String query =
        "SELECT %s FROM INFORMATION_SCHEMA.%s WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?%s"
            .formatted(String.join(", ", columns), view, order);
    int dot = table.indexOf('.');
    String schema = table.substring(0, dot);
    String name = table.substring(dot + 1);
    List<UnaryOperator<String>> forms =
        List.of(
            UnaryOperator.identity(),
            // As H2 stores unquoted names, and as PostgreSQL does.
            text -> text.toUpperCase(Locale.ROOT),
            text -> text.toLowerCase(Locale.ROOT));
    for (UnaryOperator<String> form : forms) {
      List<List<@Nullable String>> rows =
          rows(connection, query, columns.size(), form.apply(schema), form.apply(name));
      if (!rows.isEmpty()) {
        return rows;
      }
    }
    return List.of();
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
