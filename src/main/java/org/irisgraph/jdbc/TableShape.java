package org.irisgraph.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The columns of a table, as INFORMATION_SCHEMA.COLUMNS lists them; ignores the case of names. */
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
   * @param maxLength the maximum number of characters, {@link Integer#MAX_VALUE} if unlimited
   * @param required whether each row must have a value for it: not null, no default, not generated
   */
  public record Column(String name, int maxLength, boolean nullable, boolean required) {}

  /** Looks up {@code SCHEMA.TABLE}; a missing table has no columns. */
  public static TableShape lookUp(Connection connection, String table) throws SQLException {
    try {
      return lookUp(connection, table, true);
    } catch (SQLException e) {
      // H2 and PostgreSQL have these two columns; whether every IRIS has is not known.
      try {
        return lookUp(connection, table, false);
      } catch (SQLException again) {
        again.addSuppressed(e);
        throw again;
      }
    }
  }

  private static TableShape lookUp(Connection connection, String table, boolean withGenerated)
      throws SQLException {
    int dot = table.indexOf('.');
    Map<String, Column> columns = new LinkedHashMap<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT COLUMN_NAME, DATA_TYPE, CHARACTER_MAXIMUM_LENGTH, IS_NULLABLE, COLUMN_DEFAULT"
                + (withGenerated ? ", IS_IDENTITY, IS_GENERATED" : "")
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
                  || (withGenerated
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

  /** Whether the table exists. */
  public boolean exists() {
    return !columns.isEmpty();
  }

  /** Whether the table has a column. */
  public boolean has(String column) {
    return columns.containsKey(column.toLowerCase(Locale.ROOT));
  }

  /** Finds a column by its name. */
  public Optional<Column> column(String column) {
    return Optional.ofNullable(columns.get(column.toLowerCase(Locale.ROOT)));
  }

  public Iterable<Column> columns() {
    return columns.values();
  }
}
