package org.irisgraph.jdbc;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a database; a job carries it to its workers. The password is a reference that is
 * resolved on the worker, so that no option, job graph or log contains it.
 *
 * @param jdbcUrl the URL; one with a password is refused
 * @param user the user's name, null for the database's default
 * @param password where to find the password
 * @param properties further properties of the driver; they override those of the dialect
 * @param writers how many connections one worker JVM may hold, at least 1; an embedded H2 database
 *     in a file gets one, see {@link Dialects#maxWriters}
 * @param isolation the isolation on IRIS
 */
public record ConnectionSettings(
    String jdbcUrl,
    @Nullable String user,
    PasswordReference password,
    Map<String, String> properties,
    int writers,
    IrisIsolation isolation)
    implements Serializable {

  public ConnectionSettings {
    Objects.requireNonNull(jdbcUrl, "jdbcUrl");
    Objects.requireNonNull(password, "password");
    if (Dialects.hasPassword(jdbcUrl)) {
      throw new IllegalArgumentException(
          "the URL of the database must not contain a password, since pages and logs show it: give"
              + " a reference to it, env:NAME or file:PATH");
    }
    properties = Map.copyOf(properties);
    if (properties.keySet().stream()
        .anyMatch(name -> name.toLowerCase(Locale.ROOT).contains("password"))) {
      throw new IllegalArgumentException(
          "the properties of the driver must not contain a password: give a reference to it,"
              + " env:NAME or file:PATH");
    }
    if (writers < 1) {
      throw new IllegalArgumentException("writers must be at least 1");
    }
  }

  /** Connects with READ COMMITTED. */
  public ConnectionSettings(
      String jdbcUrl,
      @Nullable String user,
      PasswordReference password,
      Map<String, String> properties,
      int writers) {
    this(jdbcUrl, user, password, properties, writers, IrisIsolation.READ_COMMITTED);
  }

  /** The dialect of the URL. */
  public Dialect dialect() {
    return Dialects.of(jdbcUrl);
  }

  /** Copies the settings with another number of connections. */
  public ConnectionSettings withWriters(int number) {
    return new ConnectionSettings(jdbcUrl, user, password, properties, number, isolation);
  }

  /** Copies the settings so that all connections of this process open one database of a file. */
  ConnectionSettings amongWriters() {
    String driverUrl = dialect().driverUrl(jdbcUrl);
    return new ConnectionSettings(driverUrl, user, password, properties, writers, isolation);
  }

  /** Copies the settings so that a connection does not change the file of a database, if it may. */
  public ConnectionSettings readingOnly() {
    if (!dialect().mayReadOnly(jdbcUrl)) {
      return this;
    }
    Map<String, String> all = new HashMap<>(properties);
    all.putAll(dialect().readOnlyProperties());
    return new ConnectionSettings(jdbcUrl, user, password, all, writers, isolation);
  }

  /** Whether a connection does not change the file of a database. */
  boolean readsOnly() {
    Map<String, String> reading = dialect().readOnlyProperties();
    return !reading.isEmpty() && properties.entrySet().containsAll(reading.entrySet());
  }

  /** The URL alone, so that logs show neither user nor properties. */
  @Override
  public String toString() {
    return jdbcUrl;
  }
}
