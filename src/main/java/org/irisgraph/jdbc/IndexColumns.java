package org.irisgraph.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The columns of a table's indexes, by the driver's metadata. */
final class IndexColumns {

  private IndexColumns() {}

  /** The columns of each index in their order, in lower case. */
  static Collection<List<String>> of(Connection connection, String table) throws SQLException {
    DatabaseMetaData metadata = connection.getMetaData();
    String stored =
        metadata.storesLowerCaseIdentifiers()
            ? table.toLowerCase(Locale.ROOT)
            : metadata.storesUpperCaseIdentifiers() ? table.toUpperCase(Locale.ROOT) : table;
    int dot = stored.indexOf('.');
    Map<String, List<String>> columns = new LinkedHashMap<>();
    // In the order of names and positions.
    try (ResultSet indexes =
        metadata.getIndexInfo(
            null, stored.substring(0, dot), stored.substring(dot + 1), false, true)) {
      while (indexes.next()) {
        String column = indexes.getString("COLUMN_NAME");
        if (column != null) {
          columns
              .computeIfAbsent(indexes.getString("INDEX_NAME"), none -> new ArrayList<>())
              .add(column.toLowerCase(Locale.ROOT));
        }
      }
    }
    return columns.values();
  }
}
