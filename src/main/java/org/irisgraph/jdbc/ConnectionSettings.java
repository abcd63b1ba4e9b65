package org.irisgraph.jdbc;

import java.io.Serializable;
import java.util.Map;
import java.util.Objects;

/**
 * How to reach a database: what a job carries to its workers. The password is a reference that is
 * resolved on the worker, so that it stands in no option, job graph or log.
 *
 * @param jdbcUrl without a password in it
 * @param user the user's name, null for the database's default
 * @param password where to find the password
 * @param properties further properties of the driver; they win over those of the dialect
 * @param writers how many connections one worker JVM may hold, at least 1; an embedded H2 database
 *     in a file gets one, {@link Dialects#maxWriters}
 */
public record ConnectionSettings(
    String jdbcUrl,
    String user,
    PasswordReference password,
    Map<String, String> properties,
    int writers)
    implements Serializable {

  public ConnectionSettings {
    Objects.requireNonNull(jdbcUrl, "jdbcUrl");
    Objects.requireNonNull(password, "password");
    properties = Map.copyOf(properties);
    if (writers < 1) {
      throw new IllegalArgumentException("writers must be at least 1");
    }
  }

  /** The dialect of the URL. */
  public Dialect dialect() {
    return Dialects.of(jdbcUrl);
  }

  /** The same with another number of connections. */
  public ConnectionSettings withWriters(int number) {
    return new ConnectionSettings(jdbcUrl, user, password, properties, number);
  }

  /** The URL alone: user and properties are nobody else's business. */
  @Override
  public String toString() {
    return jdbcUrl;
  }
}
