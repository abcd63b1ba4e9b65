package org.irisgraph.iris.wire;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The types of vectors' elements. A vector of DOUBLE neither goes into a column of FLOAT nor is
 * compared with one, nor the other way round ({@code error-classes.tsv} has the source of the code
 * 259). A choice: the statement is refused when it is prepared.
 */
final class VectorTypes {
  private static final String COLUMNS =
      """
      SELECT COLUMN_NAME, DOMAIN_NAME FROM INFORMATION_SCHEMA.COLUMNS
      WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? AND DOMAIN_NAME LIKE 'VECTOR_%'
      """;

  private VectorTypes() {}

  /** Refuses a statement that gives a column of vectors those of another type. */
  static void check(Connection connection, String sql) throws SQLException {
    List<String> tokens =
        SqlTokens.of(sql).stream().map(token -> token.toUpperCase(Locale.ROOT)).toList();
    for (int i = 0; i + 4 < tokens.size(); i++) {
      if (tokens.get(i).equals("TO_VECTOR")) {
        String domain = domains(connection, sql, tokens).get(column(tokens, i));
        String type = tokens.get(i + 4);
        if (domain != null && !domain.startsWith("VECTOR_" + type + "_")) {
          throw new ServerException(
              SqlCode.VECTOR_OF_ANOTHER_TYPE,
              "Cannot perform vector operation on vectors of different datatypes");
        }
      }
    }
  }

  /** The column that a vector goes into, or is compared with. */
  private static String column(List<String> tokens, int vector) {
    int values = tokens.indexOf("VALUES");
    if (values < 0) {
      // Behind "column =" or "VECTOR_DOT_PRODUCT ( column ,".
      return tokens.get(vector - 2);
    }
    int column = tokens.indexOf("(") + 1;
    int depth = 0;
    for (int i = values + 1; i < vector; i++) {
      switch (tokens.get(i)) {
        case "(" -> depth++;
        case ")" -> depth--;
        case "," -> column += depth == 1 ? 2 : 0;
        default -> {}
      }
    }
    return tokens.get(column);
  }

  /** The domains of a table's vectors, by column, both in capitals. */
  private static Map<String, String> domains(Connection connection, String sql, List<String> tokens)
      throws SQLException {
    int from = tokens.indexOf("FROM");
    String table =
        Change.of(sql)
            .map(Change::table)
            .orElseGet(() -> String.join("", tokens.subList(from + 1, from + 4)));
    Map<String, String> domains = new HashMap<>();
    for (List<String> row : Catalog.rows(connection, COLUMNS, table)) {
      domains.put(row.get(0).toUpperCase(Locale.ROOT), row.get(1).toUpperCase(Locale.ROOT));
    }
    return domains;
  }
}
