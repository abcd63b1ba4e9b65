package org.irisgraph.iris.wire;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The tokens of a statement, as the driver sends it or as a definition is written. */
final class SqlTokens {
  private static final Pattern TOKEN =
      Pattern.compile(
          "'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|:%qpar\\(\\d+\\)|%?[A-Za-z_][A-Za-z0-9_]*"
              + "|\\d+(?:\\.\\d+)?|<>|!=|<=|>=|\\|\\||\\S");

  private static final int MAX_KEPT = 1000;

  /** Of the last texts: every statement is sent many times, and looked at by several checks. */
  private static final Map<String, List<String>> KEPT =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, List<String>> eldest) {
              return size() > MAX_KEPT;
            }
          });

  private SqlTokens() {}

  /** The tokens in their order; a parameter is {@code ?}, however it was written. */
  static List<String> of(String sql) {
    List<String> kept = KEPT.get(sql);
    if (kept == null) {
      kept = tokens(sql);
      KEPT.put(sql, kept);
    }
    return kept;
  }

  private static List<String> tokens(String sql) {
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
