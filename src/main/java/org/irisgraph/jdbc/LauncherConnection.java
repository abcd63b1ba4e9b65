package org.irisgraph.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The connection with which a run begins. It is tried once, for a bounded time: whoever starts a
 * run wants to know at once. Not every driver keeps its own limit when a server accepts and then
 * says nothing, hence the thread.
 */
public final class LauncherConnection {

  /** With the start of the JVM a run that cannot connect ends within 10 seconds. */
  private static final long START_SECONDS = 6;

  /** At the end of a run its figures are worth some patience. */
  private static final long END_SECONDS = 60;

  private LauncherConnection() {}

  /**
   * Connects.
   *
   * @throws StoreException if the database refuses, or does not answer in time
   */
  public static Connection open(ConnectionSettings settings)
      throws StoreException, InterruptedException {
    return open(settings, START_SECONDS);
  }

  /** Connects once more, when a run has ended; waits longer, since its figures are worth it. */
  public static Connection openPatiently(ConnectionSettings settings)
      throws StoreException, InterruptedException {
    return open(settings, END_SECONDS);
  }

  private static Connection open(ConnectionSettings settings, long maxSeconds)
      throws StoreException, InterruptedException {
    CompletableFuture<Connection> answer = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                answer.complete(Database.connect(settings));
              } catch (SQLException | RuntimeException | LinkageError e) {
                answer.completeExceptionally(e);
              }
            },
            "first-connection");
    thread.setDaemon(true);
    thread.start();
    try {
      return answer.get(maxSeconds, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new StoreException.Configuration(
          "cannot connect to %s: %s".formatted(settings.jdbcUrl(), reason(e.getCause())),
          e.getCause());
    } catch (TimeoutException e) {
      throw new StoreException.Configuration(
          "cannot connect to %s: no answer within %d s".formatted(settings.jdbcUrl(), maxSeconds),
          e);
    }
  }

  private static String reason(Throwable cause) {
    String message = String.valueOf(cause.getMessage()).strip();
    return cause instanceof SQLException sql && sql.getErrorCode() != 0
        ? "%s (code %d)".formatted(message, sql.getErrorCode())
        : message;
  }
}
