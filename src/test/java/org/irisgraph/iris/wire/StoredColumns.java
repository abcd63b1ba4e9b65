package org.irisgraph.iris.wire;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
              + "\\((?:\\s*:%qpar\\(\\d+\\)\\s*,?)+\\s*\\)\\s*",
          Pattern.CASE_INSENSITIVE);

  private StoredColumns() {}

  /** Empty if the statement is no INSERT or INSERT OR UPDATE of parameters alone. */
  static Optional<List<ValueType>> types(Connection connection, String sql) throws SQLException {
    Matcher store = STORE.matcher(sql);
    if (!store.matches()) {
      return Optional.empty();
    }
    try (PreparedStatement columns =
        connection.prepareStatement(
            "SELECT %s FROM %s".formatted(store.group(2), store.group(1)))) {
      ResultSetMetaData metaData = columns.getMetaData();
      List<ValueType> types = new ArrayList<>();
      for (int i = 1; i <= metaData.getColumnCount(); i++) {
        types.add(
            ValueType.of(
                metaData.getColumnType(i),
                metaData.getPrecision(i),
                metaData.getScale(i),
                metaData.isNullable(i) != ResultSetMetaData.columnNoNulls));
      }
      return Optional.of(List.copyOf(types));
    }
  }
}
