package org.irisgraph.iris.wire;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Columns that are streams, LONGVARCHAR among them. Documented (DocBook RSQL_datatype_streams,
 * GSQL_blobs): most predicates (313) and functions (37) do not take them; IS NULL, SUBSTRING and
 * those that give a length do. ORDER BY, GROUP BY and DISTINCT take the ids of the streams for
 * their texts. A choice: they are refused, since no statement can mean that.
 */
final class StreamFields {
  private static final String STREAMS =
      """
      SELECT COLUMN_NAME FROM INFORMATION_SCHEMA.COLUMNS
      WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? AND DATA_TYPE LIKE '%LARGE OBJECT'
      """;

  private static final Set<String> BEFORE_A_TABLE = Set.of("FROM", "JOIN", "UPDATE", "INTO");

  private static final Set<String> PREDICATES =
      Set.of("=", "<>", "!=", "<", ">", "<=", ">=", "IN", "LIKE", "BETWEEN", "NOT");

  private static final Set<String> SORTING = Set.of("BY", "DISTINCT");

  private static final Set<String> FUNCTIONS_OF_STREAMS =
      Set.of("SUBSTRING", "CHAR_LENGTH", "CHARACTER_LENGTH", "DATALENGTH");

  private StreamFields() {}

  /** Refuses a query, update or deletion that compares a stream or hands it to a function. */
  static void check(Connection connection, String sql) throws SQLException {
    List<String> tokens = SqlTokens.of(sql.toUpperCase(Locale.ROOT));
    if (!Set.of("SELECT", "UPDATE", "DELETE").contains(tokens.get(0))) {
      return;
    }
    Set<String> streams = streams(connection, tokens);
    boolean assigns = false;
    boolean sorts = false;
    for (int i = 1; i < tokens.size(); i++) {
      String token = tokens.get(i);
      assigns = token.equals("SET") || (assigns && !token.equals("WHERE"));
      sorts = SORTING.contains(token) || (sorts && !Set.of("FROM", "WHERE").contains(token));
      if (!streams.contains(token)) {
        continue;
      }
      int start = tokens.get(i - 1).equals(".") ? i - 2 : i;
      if (sorts) {
        throw new ServerException(
            SqlCode.STREAM_IN_CONDITION, "Stream fields are not sorted: " + token);
      }
      String before = tokens.get(start - 1);
      String after = i + 1 < tokens.size() ? tokens.get(i + 1) : "";
      if (!assigns && (PREDICATES.contains(after) || PREDICATES.contains(before))) {
        throw new ServerException(
            SqlCode.STREAM_IN_CONDITION,
            "Conditional expression not supported for Stream fields: " + token);
      }
      if (before.equals("(") && isFunctionOfOthers(tokens.get(start - 2))) {
        throw new ServerException(
            SqlCode.STREAM_IN_FUNCTION,
            "SQL Scalar/Aggregate/Unary function not supported for Stream fields: " + token);
      }
    }
  }

  private static boolean isFunctionOfOthers(String token) {
    return SqlTokens.isWord(token)
        && !FUNCTIONS_OF_STREAMS.contains(token)
        && !Set.of("AND", "OR", "NOT", "WHERE", "ON", "SELECT").contains(token);
  }

  /** In capitals. */
  private static Set<String> streams(Connection connection, List<String> tokens)
      throws SQLException {
    Set<String> streams = new HashSet<>();
    for (int i = 0; i + 3 < tokens.size(); i++) {
      if (BEFORE_A_TABLE.contains(tokens.get(i)) && tokens.get(i + 2).equals(".")) {
        String table = tokens.get(i + 1) + "." + tokens.get(i + 3);
        for (List<String> row : Catalog.rows(connection, STREAMS, table)) {
          streams.add(row.get(0).toUpperCase(Locale.ROOT));
        }
      }
    }
    return streams;
  }
}
