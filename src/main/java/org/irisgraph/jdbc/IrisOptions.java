package org.irisgraph.jdbc;

import com.intersystems.jdbc.IRIS;
import com.intersystems.jdbc.IRISConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Settings of an IRIS server that SQL does not give: they are read by calls of class methods. */
final class IrisOptions {

  private static final Logger LOG = LoggerFactory.getLogger(IrisOptions.class);

  private IrisOptions() {}

  /**
   * The most rows of a table that a transaction changes before IRIS locks the whole table. The user
   * needs {@code %Native_ClassExecution:Use}.
   *
   * @return the positive number, or empty if the server does not give it
   */
  static OptionalInt lockThreshold(Connection connection) {
    OptionalInt rows = number(connection, "%SYSTEM.SQL.Util", "GetOption", "LockThreshold");
    return rows.orElse(0) <= 0 ? OptionalInt.empty() : rows;
  }

  /** The units of the licence that are free at this moment; empty if the server does not say. */
  static OptionalInt freeLicenceUnits(Connection connection) {
    return number(connection, "%SYSTEM.License", "LUAvailable");
  }

  /** What the licence is for, as {@code InterSystems IRIS Community license}. */
  static Optional<String> licence(Connection connection) {
    try {
      String text =
          IRIS.createIRIS(connection.unwrap(IRISConnection.class))
              .classMethodString("%SYSTEM.License", "KeyLicenseCapacity");
      return Optional.ofNullable(text).map(String::strip).filter(given -> !given.isEmpty());
    } catch (SQLException | RuntimeException e) {
      LOG.debug("the server does not give its licence", e);
      return Optional.empty();
    }
  }

  private static OptionalInt number(
      Connection connection, String className, String method, Object... arguments) {
    try {
      Long value =
          IRIS.createIRIS(connection.unwrap(IRISConnection.class))
              .classMethodLong(className, method, arguments);
      return value == null || value < 0 || value > Integer.MAX_VALUE
          ? OptionalInt.empty()
          : OptionalInt.of(value.intValue());
    } catch (SQLException | RuntimeException e) {
      // The driver wraps whatever the server answers, and what it cannot read, at will.
      LOG.debug("the server does not give {}.{}", className, method, e);
      return OptionalInt.empty();
    }
  }
}
