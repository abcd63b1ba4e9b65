package org.irisgraph.iris.wire;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What later versions of the server brought: elements of vectors that are FLOAT with 2024.3, their
 * index with 2025.1 (demo/SQLSyntax.md of intersystems-community/iris-vector-search).
 */
final class Releases {
  private static final int CASE = Pattern.CASE_INSENSITIVE;

  private static final Map<Integer, Pattern> NEW =
      Map.of(
          release("2024", "3"),
          Pattern.compile("\\b(TO_)?VECTOR\\s*\\(([^()]*,)?\\s*FLOAT\\b", CASE),
          release("2025", "1"),
          Pattern.compile("\\bAS\\s+HNSW\\b", CASE));

  private static final Pattern VERSION = Pattern.compile("\\b(20\\d\\d)\\.(\\d)\\b");

  private Releases() {}

  /** Refuses what a version does not know yet. */
  static void check(String version, String sql) throws ServerException {
    Matcher number = VERSION.matcher(version);
    if (!number.find()) {
      return;
    }
    int server = release(number.group(1), number.group(2));
    for (Map.Entry<Integer, Pattern> added : NEW.entrySet()) {
      Matcher use = added.getValue().matcher(sql);
      if (server < added.getKey() && use.find()) {
        throw new ServerException(
            SqlCode.SYNTAX, "IRIS %s has no %s".formatted(version, use.group()));
      }
    }
  }

  private static int release(String year, String number) {
    return Integer.parseInt(year + number);
  }
}
