package org.irisgraph.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.irisgraph.base.Causes;

/**
 * Opens the launcher's connection, with one attempt and a time limit, so that a run that cannot
 * connect fails at once. It connects in a thread of its own because not every driver keeps its time
 * limit when a server accepts a connection and then stays silent.
 */
public final class LauncherConnection {

  /** Together with the start of the JVM, a run that cannot connect ends within 10 seconds. */
  private static final long START_SECONDS = 6;

  private static final long END_SECONDS = 60;

  private LauncherConnection() {}

  /**
   * Connects at the start of a run, waiting at most 6 seconds.
   *
   * @throws StoreException if the database refuses, or does not answer in time
   */
  public static Connection open(ConnectionSettings settings)
      throws StoreException, InterruptedException {
    return open(settings, START_SECONDS);
  }

  /** Connects at the end of a run, waiting at most 60 seconds, since its figures would be lost. */
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
          "cannot connect to %s: %s"
              .formatted(settings.jdbcUrl(), reason(Causes.of(e.getCause()).findFirst().orElse(e))),
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
