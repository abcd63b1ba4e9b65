package org.irisgraph.iris.wire;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rewrites the column types of a CREATE TABLE or ALTER TABLE as H2's. */
final class TypeNames {
  private static final int CASE = Pattern.CASE_INSENSITIVE;
  private static final Pattern LONG_TEXT = Pattern.compile("\\b(LONGVARCHAR|TEXT)\\b", CASE);
  private static final Pattern LONG_BINARY = Pattern.compile("\\b(LONGVARBINARY|IMAGE)\\b", CASE);
  private static final Pattern BIT = Pattern.compile("\\bBIT\\b", CASE);
  private static final Pattern VARCHAR =
      Pattern.compile(
          "\\bVARCHAR\\b\\s*(\\(\\s*\\d+\\s*\\))?(\\s+(?:COLLATE\\s+)?%EXACT\\b)?", CASE);
  private static final Pattern VECTOR =
      Pattern.compile(
          "\\bVECTOR\\b(?:\\s*\\(\\s*\\w+\\s*,\\s*(\\d+)\\s*\\)|\\s*\\([^)]*\\))?", CASE);

  private TypeNames() {}

  static String translate(String sql) {
    String result = LONG_TEXT.matcher(sql).replaceAll("CLOB");
    result = LONG_BINARY.matcher(result).replaceAll("BLOB");
    result = BIT.matcher(result).replaceAll("BOOLEAN");
    result = VARCHAR.matcher(result).replaceAll(match -> varchar(match.group(1), match.group(2)));
    return vectors(result);
  }

  /** Documented: without a length it is 1, and without %EXACT case does not count. */
  private static String varchar(String length, String exact) {
    return (exact == null ? "VARCHAR_IGNORECASE" : "VARCHAR") + (length == null ? "(1)" : length);
  }

  /** A domain for every length, which refuses vectors of another. */
  private static String vectors(String sql) {
    StringBuilder domains = new StringBuilder();
    StringBuilder result = new StringBuilder();
    Matcher vector = VECTOR.matcher(sql);
    while (vector.find()) {
      String length = vector.group(1);
      String domain = BackingDatabase.SCHEMA + ".VECTOR" + (length == null ? "" : "_" + length);
      domains.append("CREATE DOMAIN IF NOT EXISTS ").append(domain).append(" AS VARCHAR");
      if (length != null) {
        domains.append(
            " CHECK (VALUE IS NULL OR %s.DIMENSIONS(VALUE) = %s)"
                .formatted(BackingDatabase.SCHEMA, length));
      }
      domains.append("; ");
      vector.appendReplacement(result, Matcher.quoteReplacement(domain));
    }
    return domains.append(vector.appendTail(result)).toString();
  }
}
