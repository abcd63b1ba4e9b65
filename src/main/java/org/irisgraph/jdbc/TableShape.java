package org.irisgraph.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The columns of a table, as INFORMATION_SCHEMA.COLUMNS lists them; ignores the case of names. */
public final class TableShape {

  private static final List<String> FIELDS =
      List.of(
          "COLUMN_NAME", "DATA_TYPE", "CHARACTER_MAXIMUM_LENGTH", "IS_NULLABLE", "COLUMN_DEFAULT");

  private static final List<String> WITH_GENERATED =
      Stream.concat(FIELDS.stream(), Stream.of("IS_IDENTITY", "IS_GENERATED")).toList();

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
  public record Column(String name, int maxLength, boolean nullable, boolean required) {

    /** The same for values that are no texts, whatever length the database lists. */
    public Column withoutLimit() {
      return new Column(name, Integer.MAX_VALUE, nullable, required);
    }
  }

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
    Map<String, Column> columns = new LinkedHashMap<>();
    for (List<@Nullable String> row :
        CatalogRows.read(
            connection,
            withGenerated ? WITH_GENERATED : FIELDS,
            "COLUMNS",
            table,
            " ORDER BY ORDINAL_POSITION")) {
      String name = String.valueOf(row.get(0)).toLowerCase(Locale.ROOT);
      boolean text = String.valueOf(row.get(1)).toUpperCase(Locale.ROOT).contains("CHAR");
      String maxLength = row.get(2);
      long length = maxLength == null ? 0 : Long.parseLong(maxLength);
      boolean bounded = text && length > 0 && length < Integer.MAX_VALUE;
      boolean nullable = !"NO".equalsIgnoreCase(row.get(3));
      boolean hasDefault =
          row.get(4) != null
              || (withGenerated
                  && ("YES".equalsIgnoreCase(row.get(5)) || "ALWAYS".equalsIgnoreCase(row.get(6))));
      columns.put(
          name,
          new Column(
              name,
              bounded ? (int) length : Integer.MAX_VALUE,
              nullable,
              !nullable && !hasDefault));
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
