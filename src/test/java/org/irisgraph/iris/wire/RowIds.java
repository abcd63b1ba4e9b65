package org.irisgraph.iris.wire;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Columns that the server numbers. Documented (DocBook RSQL_insert_data_counters, RERR_sql): a
 * value of an IDENTITY column can be neither inserted (111) nor updated (107). A choice: a
 * statement that names one is refused when it is prepared.
 */
final class RowIds {
  private static final String IDENTITIES =
      """
      SELECT COLUMN_NAME FROM INFORMATION_SCHEMA.COLUMNS
      WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? AND IS_IDENTITY = 'YES'
      """;

  private RowIds() {}

  /** Refuses an insert or update of an IDENTITY column. */
  static void check(Connection connection, String sql) throws SQLException {
    Optional<Change> change = Change.of(sql);
    if (change.isEmpty()) {
      return;
    }
    List<String> tokens = SqlTokens.of(sql.toUpperCase(Locale.ROOT));
    boolean inserts = tokens.get(0).equals("INSERT");
    Set<String> written = new HashSet<>(inserts ? inserted(tokens) : updated(tokens));
    written.retainAll(identities(connection, change.get().table()));
    if (!written.isEmpty()) {
      throw new ServerException(
          inserts ? SqlCode.ROW_ID_ON_INSERT : SqlCode.ROW_ID_ON_UPDATE,
          "Cannot %s a RowID: %s".formatted(inserts ? "INSERT" : "UPDATE", written));
    }
  }

  private static List<String> inserted(List<String> tokens) {
    int list = tokens.indexOf("(");
    return list < 0 ? List.of() : tokens.subList(list + 1, tokens.indexOf(")"));
  }

  private static List<String> updated(List<String> tokens) {
    int where = tokens.indexOf("WHERE");
    List<String> updated = new ArrayList<>();
    for (int i = tokens.indexOf("SET"); i > 0 && i < (where < 0 ? tokens.size() : where); i++) {
      if (tokens.get(i).equals("=")) {
        updated.add(tokens.get(i - 1));
      }
    }
    return updated;
  }

  private static Set<String> identities(Connection connection, String table) throws SQLException {
    Set<String> identities = new HashSet<>();
    for (List<String> row : Catalog.rows(connection, IDENTITIES, table)) {
      identities.add(row.get(0).toUpperCase(Locale.ROOT));
    }
    return identities;
  }
}
