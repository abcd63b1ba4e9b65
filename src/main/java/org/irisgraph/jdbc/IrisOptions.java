package org.irisgraph.jdbc;

import com.intersystems.jdbc.IRIS;
import com.intersystems.jdbc.IRISConnection;
import java.sql.Connection;
import java.sql.SQLException;
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
    try {
      Long rows =
          IRIS.createIRIS(connection.unwrap(IRISConnection.class))
              .classMethodLong("%SYSTEM.SQL.Util", "GetOption", "LockThreshold");
      return rows == null || rows <= 0 || rows > Integer.MAX_VALUE
          ? OptionalInt.empty()
          : OptionalInt.of(rows.intValue());
    } catch (SQLException | RuntimeException e) {
      // The driver wraps whatever the server answers, and what it cannot read, at will.
      LOG.debug("the server does not give its lock threshold", e);
      return OptionalInt.empty();
    }
  }
}
