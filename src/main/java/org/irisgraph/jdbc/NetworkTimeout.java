package org.irisgraph.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** How long a connection waits for the server to send something. */
public final class NetworkTimeout {

  private NetworkTimeout() {}

  /** Does work during which the server may send nothing for a long time. */
  public static <R> R without(Connection connection, LocalTransaction.Work<R> work)
      throws SQLException {
    int milliseconds = connection.getNetworkTimeout();
    connection.setNetworkTimeout(Runnable::run, 0);
    R result;
    try {
      result = work.run(connection);
    } catch (SQLException | RuntimeException e) {
      try {
        connection.setNetworkTimeout(Runnable::run, milliseconds);
      } catch (SQLException broken) {
        e.addSuppressed(broken);
      }
      throw e;
    }
    connection.setNetworkTimeout(Runnable::run, milliseconds);
    return result;
  }
}
