package org.irisgraph.linked;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/** A connection that is lost before one of its commits. */
final class InterruptedCommits {

  static final String KILLED = "killed before a commit";

  private InterruptedCommits() {}

  static Connection after(int commits, Connection connection) {
    AtomicInteger left = new AtomicInteger(commits);
    return (Connection)
        Proxy.newProxyInstance(
            InterruptedCommits.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("commit") && left.getAndDecrement() == 0) {
                throw new SQLException(KILLED);
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
