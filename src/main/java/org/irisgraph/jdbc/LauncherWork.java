package org.irisgraph.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.joda.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a run does on its {@link LauncherConnection}: statements that take as long as they need, and
 * that are repeated on a new connection while the database is away.
 */
public final class LauncherWork {

  private static final Logger LOG = LoggerFactory.getLogger(LauncherWork.class);

  private static final long FIRST_LOG_SECONDS = 5;
  private static final long LOG_SECONDS = 60;

  private final LauncherConnection launcher;
  private final ConnectionSettings settings;
  private final Duration retryFor;

  /** Whether the run is to end, so that nothing is repeated. */
  private final BooleanSupplier stopped;

  private volatile @Nullable String waitsFor;

  LauncherWork(
      LauncherConnection launcher,
      ConnectionSettings settings,
      Duration retryFor,
      BooleanSupplier stopped) {
    this.launcher = launcher;
    this.settings = settings;
    this.retryFor = retryFor;
    this.stopped = stopped;
  }

  /**
   * Runs statements on the connection that may take long on large tables, such as CREATE INDEX and
   * counts. They are without the time limit of ordinary statements, since a server sends nothing
   * until they are done; the log says every minute what is waited for.
   *
   * @param what the work, as in "counting the rows"
   */
  public <R extends @Nullable Object> R patiently(String what, Database.Query<R> query)
      throws SQLException, StoreException {
    Connection current = launcher.get();
    CountDownLatch done = new CountDownLatch(1);
    int timeout = current.getNetworkTimeout();
    current.setNetworkTimeout(Runnable::run, 0);
    waitsFor = what;
    ConnectAttempts.inThread("waiting", () -> logUntil(done, what));
    try {
      return query.run(current);
    } finally {
      waitsFor = null;
      done.countDown();
      limitAgain(current, timeout);
    }
  }

  /**
   * Runs statements as {@link #patiently} does, and again on a new connection while the database is
   * away, for as long as writers retry.
   *
   * @param query may be repeated after any part of it
   */
  public <R extends @Nullable Object> R persistently(String what, Database.Query<R> query)
      throws SQLException, StoreException, InterruptedException {
    return repeatedly(what, () -> patiently(what, query));
  }

  /**
   * Statements on the connection.
   *
   * @param <E> another exception that they may throw
   */
  @FunctionalInterface
  public interface Work<R extends @Nullable Object, E extends Exception> {
    R run() throws SQLException, StoreException, InterruptedException, E;
  }

  /**
   * Runs statements, and again on a new connection while the database is away, for as long as
   * writers retry and the run is not stopped.
   *
   * @param what the work, as in "counting the rows"
   * @param work may be repeated after any part of it
   */
  public <R extends @Nullable Object, E extends Exception> R repeatedly(
      String what, Work<R, E> work) throws SQLException, StoreException, InterruptedException, E {
    RetryPolicy.@Nullable Delays delays = null;
    for (int attempt = 1; ; attempt++) {
      long start = System.nanoTime();
      try {
        return run(work);
      } catch (SQLException e) {
        ErrorClass error = settings.dialect().classify(e);
        boolean isRepeated = error == ErrorClass.TRANSIENT || error == ErrorClass.IN_DOUBT;
        if (!isRepeated || stopped.getAsBoolean()) {
          throw e;
        }
        // Work that went on for longer than an outage may last has met another one.
        if (delays == null || System.nanoTime() - start > retryFor.getMillis() * 1_000_000) {
          delays = new RetryPolicy(retryFor).start(new RetryPolicy.Outage());
        }
        if (!delays.sleep()) {
          throw StoreException.Outage.after(attempt, delays.elapsedMillis(), e);
        }
        LOG.warn("{} was interrupted and is repeated: {}", what, ErrorClassifier.describe(e));
        launcher.replace(stopped);
      }
    }
  }

  private static <R extends @Nullable Object, E extends Exception> R run(Work<R, E> work)
      throws SQLException, StoreException, InterruptedException, E {
    try {
      return work.run();
    } catch (AssertionError e) {
      // PostgreSQL's driver throws one when a link breaks in a batch.
      throw new SQLException("the connection was lost: " + e.getMessage(), "08006", e);
    }
  }

  /**
   * Statements without a result.
   *
   * @param <E> another exception that they may throw
   */
  @FunctionalInterface
  public interface Step<E extends Exception> {
    void run() throws SQLException, StoreException, InterruptedException, E;
  }

  /** Runs statements without a result as {@link #repeatedly} does. */
  public <E extends Exception> void repeat(String what, Step<E> step)
      throws SQLException, StoreException, InterruptedException, E {
    repeatedly(
        what,
        () -> {
          step.run();
          return true;
        });
  }

  /** What the run waits for in {@link #patiently}; null if nothing takes long. */
  public @Nullable String waitsFor() {
    return waitsFor;
  }

  private static void limitAgain(Connection connection, int timeoutMillis) {
    try {
      connection.setNetworkTimeout(Runnable::run, timeoutMillis);
    } catch (SQLException e) {
      // The connection is lost; the next statement reports it.
      LOG.debug("the time limit could not be set", e);
    }
  }

  private static void logUntil(CountDownLatch done, String what) {
    long start = System.nanoTime();
    long pause = FIRST_LOG_SECONDS;
    try {
      while (!done.await(pause, TimeUnit.SECONDS)) {
        pause = LOG_SECONDS;
        LOG.info(
            "waits for the database: {}, {} s so far",
            what,
            TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
