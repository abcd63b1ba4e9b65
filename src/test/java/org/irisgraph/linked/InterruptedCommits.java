package org.irisgraph.linked;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/** A connection on which something happens before one of its commits. */
public final class InterruptedCommits {

  static final String KILLED = "killed before a commit";

  private InterruptedCommits() {}

  /** What happens before a commit. */
  interface Event {
    void happen() throws Exception;
  }

  /** The process ends before the commit after so many. */
  public static Connection killed(int commits, Connection connection) {
    return interrupted(
        commits,
        connection,
        () -> {
          throw new SQLException(KILLED);
        });
  }

  /** An event comes before the commit after so many. */
  static Connection interrupted(int commits, Connection connection, Event event) {
    AtomicInteger left = new AtomicInteger(commits);
    return (Connection)
        Proxy.newProxyInstance(
            InterruptedCommits.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("commit") && left.getAndDecrement() == 0) {
                event.happen();
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
