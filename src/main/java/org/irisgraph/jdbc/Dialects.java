package org.irisgraph.jdbc;

/** Finds the dialect of a JDBC URL. */
public final class Dialects {

  private Dialects() {}

  /**
   * The dialect that a URL's prefix names.
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
        "no dialect for this JDBC URL: it must begin with jdbc:IRIS:, jdbc:h2: or jdbc:postgresql:");
  }

  /** Whether the database lives inside this JVM, so that no other machine can reach it. */
  public static boolean isEmbedded(String jdbcUrl) {
    return jdbcUrl.startsWith("jdbc:h2:")
        && !jdbcUrl.startsWith("jdbc:h2:tcp:")
        && !jdbcUrl.startsWith("jdbc:h2:ssl:");
  }

  /**
   * How many connections of one JVM may write at once. For an embedded H2 database in a file it is
   * one: H2 (2.3.232 and 2.4.240) does not save its tables and its undo log at one moment, so that
   * a process that is killed while several connections write may leave rows of unfinished
   * transactions behind, which are then locked for ever. With four writers 11 of 300 kills did so,
   * with one none of 400.
   */
  public static int maxWriters(String jdbcUrl) {
    return isEmbedded(jdbcUrl) && !jdbcUrl.startsWith("jdbc:h2:mem:") ? 1 : Integer.MAX_VALUE;
  }
}
