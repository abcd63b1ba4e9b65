package org.irisgraph.iris.wire;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Queries that give collated values. Documented (DocBook RSQL_groupby, RSQL_distinct): the values
 * of GROUP BY and DISTINCT come as the collation compares them, in capitals with SQLUPPER, unless
 * %EXACT asks for the stored ones; UNION does the same, since it drops what is equal.
 */
final class Grouping {
  private static final Set<String> WORDS = Set.of("GROUP", "DISTINCT", "UNION");

  private Grouping() {}

  /** Whether the result is grouped; a subquery of IN gives no values of the result. */
  static boolean isIn(String sql) {
    List<String> tokens = SqlTokens.of(sql.toUpperCase(Locale.ROOT));
    int depth = 0;
    int ignoredFrom = Integer.MAX_VALUE;
    for (int i = 0; i < tokens.size(); i++) {
      String token = tokens.get(i);
      if (token.equals("(")) {
        depth++;
        boolean isOperand = i > 0 && Set.of("IN", "COUNT").contains(tokens.get(i - 1));
        ignoredFrom = isOperand ? Math.min(ignoredFrom, depth) : ignoredFrom;
      } else if (token.equals(")")) {
        depth--;
        ignoredFrom = depth < ignoredFrom ? Integer.MAX_VALUE : ignoredFrom;
      } else if (WORDS.contains(token) && depth < ignoredFrom && !isUnionAll(tokens, i)) {
        return true;
      }
    }
    return false;
  }

  /** A value as SQLUPPER compares it. */
  static String collated(String value) {
    return value == null ? null : value.toUpperCase(Locale.ROOT).stripTrailing();
  }

  private static boolean isUnionAll(List<String> tokens, int i) {
    return tokens.get(i).equals("UNION")
        && i + 1 < tokens.size()
        && tokens.get(i + 1).equals("ALL");
  }
}
