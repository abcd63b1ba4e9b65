package org.irisgraph.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Runs statements in one transaction of a connection that is in auto-commit mode otherwise. */
public final class LocalTransaction {

  private LocalTransaction() {}

  /**
   * Statements that belong together.
   *
   * @param <E> a further exception that they may throw
   */
  @FunctionalInterface
  public interface Work<R extends @Nullable Object, E extends Exception> {
    R run(Connection connection) throws SQLException, E;
  }

  /**
   * Commits the work, or rolls it back if it fails.
   *
   * @param connection with auto-commit on, as it is left unless it is broken
   */
  public static <R extends @Nullable Object, E extends Exception> R run(
      Connection connection, Work<R, E> work) throws SQLException, E {
    connection.setAutoCommit(false);
    R result;
    try {
      result = work.run(connection);
      connection.commit();
    } catch (Exception e) {
      undo(connection, e);
      throw e;
    }
    connection.setAutoCommit(true);
    return result;
  }

  /** A broken connection must not hide the failure. */
  private static void undo(Connection connection, Exception failure) {
    try {
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }
}
