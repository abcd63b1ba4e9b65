package org.irisgraph.iris;

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
}
