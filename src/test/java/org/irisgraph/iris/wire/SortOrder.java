package org.irisgraph.iris.wire;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The ORDER BY or GROUP BY of a query. Documented (DocBook RSQL_orderby, "ORDER BY and Long Global
 * References"): the server sorts in a global whose subscripts are the values, and fails where they
 * are too long. A choice: also where an index has the order already, and where it groups. What has
 * an alias is taken for a number.
 */
final class SortOrder {
  private static final Pattern ORDERED =
      Pattern.compile(
          "(SELECT\\s)(.*)(\\sORDER\\s+BY\\s)(.*)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern GROUPED =
      Pattern.compile(
          "(SELECT\\s)(.*)(\\sGROUP\\s+BY\\s)(.*?)(\\sORDER\\s+BY\\s.*)?",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern DIRECTION =
      Pattern.compile("\\s+(ASC|DESC)\\s*$", Pattern.CASE_INSENSITIVE);

  /** Names of the catalog are at most 128 characters long. */
  private static final Pattern CATALOG =
      Pattern.compile("\\b(INFORMATION_SCHEMA|STANDIN)\\.", Pattern.CASE_INSENSITIVE);

  private static final Set<String> GROUPING = Set.of("GROUP", "DISTINCT", "UNION");

  private final String lengthQuery;
  private final int parametersBefore;

  private SortOrder(String lengthQuery, int parametersBefore) {
    this.lengthQuery = lengthQuery;
    this.parametersBefore = parametersBefore;
  }

  /**
   * The order of a query, empty where it has none.
   *
   * @param sql in H2's SQL
   */
  static Optional<SortOrder> of(String sql) {
    if (CATALOG.matcher(sql).find()) {
      return Optional.empty();
    }
    boolean isGrouped =
        SqlTokens.of(sql).stream()
            .anyMatch(token -> GROUPING.contains(token.toUpperCase(Locale.ROOT)));
    Matcher ordered = (isGrouped ? GROUPED : ORDERED).matcher(sql.strip());
    if (!ordered.matches()
        || ordered.group(4).chars().filter(c -> c == ')').count()
            != ordered.group(4).chars().filter(c -> c == '(').count()) {
      return Optional.empty();
    }
    String rest = ordered.group(2);
    int from = topLevelFrom(rest);
    if (from < 0) {
      return Optional.empty();
    }
    List<String> lengths = new ArrayList<>();
    for (String element : ordered.group(4).split(",", -1)) {
      String expression = DIRECTION.matcher(element).replaceFirst("").strip();
      if (isAlias(expression, rest.substring(0, from))) {
        continue;
      }
      lengths.add("COALESCE(OCTET_LENGTH(CAST(%s AS VARCHAR)), 0) + 2".formatted(expression));
    }
    if (lengths.isEmpty()) {
      return Optional.empty();
    }
    String sum = lengths.stream().collect(Collectors.joining(" + "));
    int parameters = (int) rest.substring(0, from).chars().filter(c -> c == '?').count();
    return Optional.of(
        new SortOrder("SELECT MAX(%s) %s".formatted(sum, rest.substring(from)), parameters));
  }

  private static boolean isAlias(String expression, String selected) {
    return Pattern.compile(
            "\\bAS\\s+" + Pattern.quote(expression) + "(?!\\w)", Pattern.CASE_INSENSITIVE)
        .matcher(selected)
        .find();
  }

  /** Refuses the query where the values of a row are too long to be sorted by. */
  void check(Connection connection, List<Object> values) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(lengthQuery)) {
      for (int i = parametersBefore; i < values.size(); i++) {
        query.setObject(i - parametersBefore + 1, values.get(i));
      }
      try (ResultSet longest = query.executeQuery()) {
        longest.next();
        GlobalReference.check(
            GlobalReference.NAME_BYTES + GlobalReference.NUMBER_BYTES + longest.getLong(1));
      }
    }
  }

  private static int topLevelFrom(String sql) {
    Matcher word =
        Pattern.compile("\"[^\"]*\"|'[^']*'|[()]|\\bFROM\\b", Pattern.CASE_INSENSITIVE)
            .matcher(sql);
    int depth = 0;
    while (word.find()) {
      switch (word.group()) {
        case "(" -> depth++;
        case ")" -> depth--;
        default -> {
          if (depth == 0 && word.group().equalsIgnoreCase("FROM")) {
            return word.start();
          }
        }
      }
    }
    return -1;
  }
}
