package org.irisgraph.jdbc;

import java.util.regex.Pattern;

/** What a JDBC URL says: the dialect, where the database runs. */
public final class Dialects {

  private static final Pattern PASSWORD =
      Pattern.compile("(password|passwd|pwd)\\s*=|//[^/@]*:[^/@]*@", Pattern.CASE_INSENSITIVE);

  private Dialects() {}

  /**
   * Finds the dialect by the URL's prefix.
   *
   * @throws IllegalArgumentException if it is none of jdbc:IRIS:, jdbc:h2: and jdbc:postgresql:
   */
  public static Dialect of(String jdbcUrl) {
    if (jdbcUrl.startsWith("jdbc:IRIS:")) {
      return new IrisDialect();
    } else if (jdbcUrl.startsWith("jdbc:h2:")) {
      return new H2Dialect();
    } else if (jdbcUrl.startsWith("jdbc:postgresql:")) {
      return new PostgresDialect();
    }
    throw new IllegalArgumentException(
        "no dialect for this JDBC URL: it must begin with jdbc:IRIS:, jdbc:h2: or"
            + " jdbc:postgresql:");
  }

  /** Whether a URL contains a password, which everything that shows the URL would show. */
  public static boolean hasPassword(String jdbcUrl) {
    return PASSWORD.matcher(jdbcUrl).find();
  }

  /** Whether the database runs inside this JVM, so that no other machine can reach it. */
  public static boolean isEmbedded(String jdbcUrl) {
    return jdbcUrl.startsWith("jdbc:h2:")
        && !jdbcUrl.startsWith("jdbc:h2:tcp:")
        && !jdbcUrl.startsWith("jdbc:h2:ssl:");
  }

  /**
   * How many connections of one JVM may write at once. An embedded H2 database in a file has one:
   * H2 (2.3.232 and 2.4.240) does not save its tables and its undo log at the same moment, so that
   * a process killed while several connections write may leave rows of unfinished transactions,
   * which then stay locked. Four writers left such rows in 11 of 300 kills, one writer in none of
   * 400.
   */
  public static int maxWriters(String jdbcUrl) {
    return isEmbedded(jdbcUrl) && !jdbcUrl.startsWith("jdbc:h2:mem:") ? 1 : Integer.MAX_VALUE;
  }
}
