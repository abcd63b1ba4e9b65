package org.irisgraph.jdbc;

import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.irisgraph.base.Causes;
import org.irisgraph.base.FullDisk;
import org.joda.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens and checks connections within a time limit. It does so in a thread of its own because not
 * every driver keeps its time limit when a server accepts a connection and then stays silent.
 */
final class ConnectAttempts {

  private static final Logger LOG = LoggerFactory.getLogger(ConnectAttempts.class);

  private static final Duration CHECK = Duration.standardSeconds(10);

  private static final Pattern FINAL_STOP = Pattern.compile("[.\\s]+$");

  private ConnectAttempts() {}

  /** Whether the server answers on a connection, within 10 seconds. */
  static boolean answers(Connection connection) throws InterruptedException {
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    inThread(
        "checking",
        () -> {
          try {
            answer.complete(connection.isValid((int) CHECK.getStandardSeconds()));
          } catch (SQLException | RuntimeException | AssertionError e) {
            answer.complete(false);
          }
        });
    try {
      return answer.get(CHECK.getMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }

  /**
   * Connects.
   *
   * @param maxWait the time limit of an attempt
   * @param retryFor the time limit of all attempts
   * @param retried after which failures to try again
   * @param stopped whether to give up
   * @throws StoreException the failure of the last attempt
   */
  static Connection connect(
      ConnectionSettings settings,
      Duration maxWait,
      Duration retryFor,
      Predicate<StoreException> retried,
      BooleanSupplier stopped)
      throws StoreException, InterruptedException {
    RetryPolicy.Delays delays = new RetryPolicy(retryFor).start(new RetryPolicy.Outage());
    boolean first = true;
    while (true) {
      try {
        return connect(settings, maxWait);
      } catch (StoreException e) {
        if (stopped.getAsBoolean() || !retried.test(e) || !delays.sleep()) {
          throw e;
        }
        if (first) {
          first = false;
          LOG.warn(
              "{}; retries for up to {} s (retrySeconds)",
              e.getMessage(),
              retryFor.getStandardSeconds());
        }
      }
    }
  }

  private static Connection connect(ConnectionSettings settings, Duration maxWait)
      throws StoreException, InterruptedException {
    CompletableFuture<Connection> answer = new CompletableFuture<>();
    inThread(
        "connecting",
        () -> {
          try {
            Connection opened = Database.connect(settings);
            if (!answer.complete(opened)) {
              close(opened);
            }
          } catch (SQLException | RuntimeException | LinkageError e) {
            answer.completeExceptionally(e);
          }
        });
    try {
      return answer.get(maxWait.getMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new StoreException.Configuration(
          "cannot connect to %s: %s"
              .formatted(
                  settings.jdbcUrl(),
                  reason(settings, Causes.of(e.getCause()).findFirst().orElse(e))),
          e.getCause());
    } catch (TimeoutException e) {
      StoreException late =
          new StoreException.Configuration(
              "cannot connect to %s: no answer within %d s%s"
                  .formatted(settings.jdbcUrl(), maxWait.getStandardSeconds(), advice(settings, e)),
              e);
      // Unless it has connected in the meantime.
      if (!answer.completeExceptionally(late) && !answer.isCompletedExceptionally()) {
        return answer.join();
      }
      throw late;
    }
  }

  static boolean isConnectionLimit(ConnectionSettings settings, StoreException e) {
    return Causes.of(e)
        .anyMatch(
            cause ->
                cause instanceof SQLException sql && settings.dialect().isConnectionLimit(sql));
  }

  static boolean isTransient(ConnectionSettings settings, StoreException e) {
    return e.getCause() instanceof TimeoutException
        || (e.getCause() instanceof SQLException sql
            && ErrorClassifier.ofConnect(settings.dialect(), sql) != ErrorClass.CONFIGURATION);
  }

  static void inThread(String name, Runnable task) {
    Thread thread = new Thread(task, "launcher-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException | RuntimeException | AssertionError e) {
      LOG.debug("the connection could not be closed", e);
    }
  }

  private static String advice(ConnectionSettings settings, @Nullable Throwable failure) {
    return ErrorClassifier.connectAdvice(settings, failure).map("; "::concat).orElse("");
  }

  /** What the driver says of a failure, or the network if the driver does not, and what to do. */
  static String reason(ConnectionSettings settings, Throwable failure) {
    if (failure instanceof SQLException sql && FullDisk.isCauseOf(sql)) {
      return ErrorClassifier.refusal(sql);
    }
    Throwable root = Causes.root(failure);
    String message =
        root instanceof UnknownHostException
            ? "unknown host " + root.getMessage()
            : root instanceof SocketTimeoutException
                ? "no answer"
                : FINAL_STOP.matcher(String.valueOf(failure.getMessage())).replaceFirst("");
    return (failure instanceof SQLException sql && sql.getErrorCode() != 0
            ? "%s (code %d)".formatted(message, sql.getErrorCode())
            : message)
        + advice(settings, failure);
  }
}
