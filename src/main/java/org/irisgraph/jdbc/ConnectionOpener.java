package org.irisgraph.jdbc;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Properties;

/** Opens a connection, for the pool and outside it. */
final class ConnectionOpener {

  /** How long a database may take to answer. */
  static final long MILLIS = 10_000;

  private ConnectionOpener() {}

  /**
   * Opens a connection with auto-commit on.
   *
   * @throws SQLException if the database does not answer within 10 seconds or refuses
   */
  static Connection open(ConnectionSettings settings) throws SQLException {
    Properties properties = new Properties();
    properties.putAll(settings.dialect().connectionProperties(settings.jdbcUrl()));
    // H2 refuses a property that its URL sets to another value.
    String url = settings.jdbcUrl().toUpperCase(Locale.ROOT);
    properties.keySet().removeIf(name -> url.contains(";" + name + "="));
    properties.putAll(settings.properties());
    if (settings.user() != null) {
      properties.setProperty("user", settings.user());
    }
    try {
      properties.setProperty("password", settings.password().resolve());
    } catch (IllegalStateException e) {
      throw new SQLException(e.getMessage(), "28000", e);
    }
    DriverManager.setLoginTimeout((int) (MILLIS / 1000));
    // Not through DriverManager: in a Flink session it has the drivers of the first job only.
    Dialect dialect = settings.dialect();
    Driver driver = driver(dialect);
    DriverRegistrations.removeAllLoadedWith(driver);
    String driverUrl =
        settings.readsOnly() ? settings.jdbcUrl() : dialect.driverUrl(settings.jdbcUrl());
    Connection connection = driver.connect(driverUrl, properties);
    dialect.initialise(connection, settings.isolation());
    return connection;
  }

  private static Driver driver(Dialect dialect) throws SQLException {
    try {
      return dialect.driver();
    } catch (NoClassDefFoundError e) {
      throw new SQLException(
          "the driver of %s is not on the class path: add %s; on a Flink cluster, put its jar into Flink's lib directory on every machine, and restart Flink"
              .formatted(dialect.name(), dialect.driverCoordinates()),
          "28000",
          e);
    }
  }
}
