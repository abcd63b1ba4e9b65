package org.irisgraph.iris.wire;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The types of the columns that a statement stores its parameters in. The server describes the
 * parameters by them; H2 takes those of a MERGE for VARCHAR.
 */
final class StoredColumns {
  private static final Pattern STORE =
      Pattern.compile(
          "INSERT\\s+(?:OR\\s+UPDATE\\s+)?(?:%\\w+\\s+)*(?:INTO\\s+)?"
              + "([^\\s(]+(?:\\s*\\.\\s*[^\\s(]+)?)\\s*\\(([^)]*)\\)\\s*VALUES\\s*"
              + "\\((.*)\\)\\s*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private StoredColumns() {}

  /**
   * The types of all parameters of an INSERT or INSERT OR UPDATE: those of columns where they are
   * stored as they are, else as given.
   */
  static List<ValueType> types(Connection connection, String sql, List<ValueType> given)
      throws SQLException {
    Matcher store = STORE.matcher(sql.replaceAll(":%qpar\\(\\d+\\)", "?"));
    if (!store.matches()) {
      return given;
    }
    Map<String, Integer> places = IndexKeys.places(store.group(2), store.group(3));
    if (places.isEmpty()) {
      return given;
    }
    List<ValueType> types = new ArrayList<>(given);
    try (PreparedStatement columns =
        connection.prepareStatement(
            "SELECT %s FROM %s".formatted(store.group(2), store.group(1)))) {
      ResultSetMetaData metaData = columns.getMetaData();
      for (int i = 1; i <= metaData.getColumnCount(); i++) {
        Integer place = places.get(metaData.getColumnName(i).toLowerCase(Locale.ROOT));
        if (place != null) {
          types.set(
              place,
              ValueType.of(
                  metaData.getColumnType(i),
                  metaData.getPrecision(i),
                  metaData.getScale(i),
                  metaData.isNullable(i) != ResultSetMetaData.columnNoNulls));
        }
      }
    }
    return List.copyOf(types);
  }
}
