package org.irisgraph.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The columns that a table has, as INFORMATION_SCHEMA.COLUMNS tells; names without regard to case.
 */
public final class TableShape {

  private final String table;
  private final Map<String, Column> columns;

  private TableShape(String table, Map<String, Column> columns) {
    this.table = table;
    this.columns = columns;
  }

  /**
   * A column.
   *
   * @param maxLength the most characters that it holds, {@link Integer#MAX_VALUE} if that is no
   *     limit
   * @param required whether a row must give it a value: not null, without a default, and not made
   *     by the database
   */
  public record Column(String name, int maxLength, boolean nullable, boolean required) {}

  /** Looks up {@code SCHEMA.TABLE}; a table that is absent has no columns. */
  public static TableShape lookUp(Connection connection, String table) throws SQLException {
    try {
      return lookUp(connection, table, true);
    } catch (SQLException e) {
      // Whether every IRIS has these two columns is not known; H2 and PostgreSQL have them.
      try {
        return lookUp(connection, table, false);
      } catch (SQLException again) {
        again.addSuppressed(e);
        throw again;
      }
    }
  }

  private static TableShape lookUp(Connection connection, String table, boolean tellsGenerated)
      throws SQLException {
    int dot = table.indexOf('.');
    Map<String, Column> columns = new LinkedHashMap<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT COLUMN_NAME, DATA_TYPE, CHARACTER_MAXIMUM_LENGTH, IS_NULLABLE, COLUMN_DEFAULT"
                + (tellsGenerated ? ", IS_IDENTITY, IS_GENERATED" : "")
                + " FROM INFORMATION_SCHEMA.COLUMNS"
                + " WHERE LOWER(TABLE_SCHEMA) = ? AND LOWER(TABLE_NAME) = ?"
                + " ORDER BY ORDINAL_POSITION")) {
      statement.setString(1, table.substring(0, dot).toLowerCase(Locale.ROOT));
      statement.setString(2, table.substring(dot + 1).toLowerCase(Locale.ROOT));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          String name = rows.getString(1).toLowerCase(Locale.ROOT);
          boolean text = rows.getString(2).toUpperCase(Locale.ROOT).contains("CHAR");
          long length = rows.getLong(3);
          boolean bounded = text && !rows.wasNull() && length > 0 && length < Integer.MAX_VALUE;
          boolean nullable = !"NO".equalsIgnoreCase(rows.getString(4));
          boolean hasDefault =
              rows.getString(5) != null
                  || (tellsGenerated
                      && ("YES".equalsIgnoreCase(rows.getString(6))
                          || "ALWAYS".equalsIgnoreCase(rows.getString(7))));
          columns.put(
              name,
              new Column(
                  name,
                  bounded ? (int) length : Integer.MAX_VALUE,
                  nullable,
                  !nullable && !hasDefault));
        }
      }
    }
    return new TableShape(table, columns);
  }

  /** The name that was looked up. */
  public String table() {
    return table;
  }

  /** Whether the table is there. */
  public boolean exists() {
    return !columns.isEmpty();
  }

  /** Whether it has this column. */
  public boolean has(String column) {
    return columns.containsKey(column.toLowerCase(Locale.ROOT));
  }

  /** The column of this name, or null. */
  public Column column(String column) {
    return columns.get(column.toLowerCase(Locale.ROOT));
  }

  public Iterable<Column> columns() {
    return columns.values();
  }
}
