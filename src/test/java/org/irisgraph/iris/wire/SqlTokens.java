package org.irisgraph.iris.wire;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The tokens of a statement, as the driver sends it or as a definition is written. */
final class SqlTokens {
  private static final Pattern TOKEN =
      Pattern.compile(
          "'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|:%qpar\\(\\d+\\)|%?[A-Za-z_][A-Za-z0-9_]*"
              + "|\\d+(?:\\.\\d+)?|<>|!=|<=|>=|\\|\\||\\S");

  private SqlTokens() {}

  /** The tokens in their order; a parameter is {@code ?}, however it was written. */
  static List<String> of(String sql) {
    return TOKEN
        .matcher(sql)
        .results()
        .map(MatchResult::group)
        .map(token -> token.startsWith(":%qpar") ? "?" : token)
        .toList();
  }

  static boolean isWord(String token) {
    char first = token.charAt(0);
    return Character.isLetter(first) || first == '_' || first == '%';
  }
}
