package org.irisgraph.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.joda.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run's only connection outside the pool, with auto-commit on, from its start to its end. Servers
 * limit connections (the Community Edition of IRIS has about five), so that a run does not open
 * another one for its end: {@link #usable} opens one only if the server has dropped the first.
 */
public final class LauncherConnection implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LauncherConnection.class);

  /** Together with the start of the JVM, a run that cannot connect ends within 10 seconds. */
  private static final Duration START = Duration.standardSeconds(6);

  private static final Duration END = Duration.standardSeconds(60);

  /** How long a query of another thread may go on when the run needs the connection. */
  private static final Duration OTHER_QUERY = Duration.standardSeconds(30);

  private final ConnectionSettings settings;
  private final Duration retryFor;

  private final LauncherWork work;

  /** Held during a query of another thread. */
  private final ReentrantLock querying = new ReentrantLock();

  private volatile boolean shared;

  private volatile @Nullable Connection connection;

  /** Whether the connection cannot write. */
  private volatile boolean readsOnly;

  private LauncherConnection(
      ConnectionSettings settings,
      Duration retryFor,
      BooleanSupplier stopped,
      Connection connection) {
    this.settings = settings;
    this.retryFor = retryFor;
    this.connection = connection;
    this.work = new LauncherWork(this, settings, retryFor, stopped);
  }

  /**
   * Connects at the start of a run: once, waiting at most 6 seconds for an answer. Only a database
   * that has no connection to spare is asked again.
   *
   * @param retryFor how long to wait for a free connection
   * @param stopped whether to give up waiting, then and in {@link #work}
   * @throws StoreException if the database refuses, or does not answer in time
   */
  public static LauncherConnection open(
      ConnectionSettings settings, Duration retryFor, BooleanSupplier stopped)
      throws StoreException, InterruptedException {
    Predicate<StoreException> retried = e -> ConnectAttempts.isConnectionLimit(settings, e);
    return new LauncherConnection(
        settings,
        retryFor,
        stopped,
        ConnectAttempts.connect(settings, START, retryFor, retried, stopped));
  }

  /**
   * Connects at the end of a run, whose figures would be lost: retries unless the database refuses.
   */
  public static LauncherConnection openPatiently(ConnectionSettings settings, Duration retryFor)
      throws StoreException, InterruptedException {
    return new LauncherConnection(
        settings,
        retryFor,
        () -> false,
        ConnectAttempts.connect(
            settings, END, retryFor, e -> ConnectAttempts.isTransient(settings, e), () -> false));
  }

  /** The connection, as far as is known. */
  public Connection get() {
    return Objects.requireNonNull(connection, "discarded");
  }

  /** What the run does on the connection. */
  public LauncherWork work() {
    return work;
  }

  /** Lets {@link #queryIfShared} use the connection until the run needs it again. */
  public void share() {
    shared = true;
  }

  /** What a thread reads on the connection, such as progress. */
  @FunctionalInterface
  public interface Query<R> {
    R run(Connection connection) throws SQLException;
  }

  /** Runs a query of another thread; empty if the run itself uses the connection. */
  public <R> Optional<R> queryIfShared(Query<R> query) throws SQLException {
    querying.lock();
    try {
      Connection current = connection;
      return shared && current != null ? Optional.of(query.run(current)) : Optional.empty();
    } finally {
      querying.unlock();
    }
  }

  /**
   * The connection if the server still answers on it, else a new one: the server may have been away
   * since the run began. Retries unless the database refuses. Ends {@link #share}.
   */
  public Connection usable() throws StoreException, InterruptedException {
    return usable(this::isTransient);
  }

  /**
   * A new connection in place of one that was lost during a statement.
   *
   * @param stopped whether to give up waiting for the database
   */
  void replace(BooleanSupplier stopped) throws StoreException, InterruptedException {
    if (Dialects.isEmbedded(settings.jdbcUrl())) {
      usable();
    } else {
      // Not usable(): IRIS's driver does not ask the server if a result was not read to its end.
      connectAgain(settings, this::isTransient, stopped);
    }
  }

  private boolean isTransient(StoreException e) {
    return ConnectAttempts.isTransient(settings, e);
  }

  /**
   * The connection if the server still answers on it, else a new one; connects once, as at the
   * start of a run, because the server has been waited for already. Ends {@link #share}.
   */
  public Connection usableNow() throws StoreException, InterruptedException {
    return usable(e -> ConnectAttempts.isConnectionLimit(settings, e));
  }

  private Connection usable(Predicate<StoreException> retried)
      throws StoreException, InterruptedException {
    Connection current = connection;
    if (current != null && !readsOnly && endSharing() && ConnectAttempts.answers(current)) {
      return current;
    }
    return connectAgain(settings, retried, () -> false);
  }

  /**
   * A new connection that only reads, until {@link #usableNow} is called: H2 writes soon after it
   * has opened a file, fails if the disk is full, and closes the database under the reader.
   */
  public Connection readOnly() throws StoreException, InterruptedException {
    endSharing();
    Connection opened =
        connectAgain(
            settings.amongWriters().readingOnly(),
            e -> ConnectAttempts.isConnectionLimit(settings, e),
            () -> false);
    readsOnly = true;
    return opened;
  }

  private Connection connectAgain(
      ConnectionSettings as, Predicate<StoreException> retried, BooleanSupplier givesUp)
      throws StoreException, InterruptedException {
    shared = false;
    Connection current = connection;
    if (readsOnly && current != null) {
      // A new connection would join the database that is open for reading.
      ConnectAttempts.close(current);
    }
    discard();
    LOG.info("connects again to {}", settings.jdbcUrl());
    Connection opened = ConnectAttempts.connect(as, END, retryFor, retried, givesUp);
    connection = opened;
    return opened;
  }

  /** Waits for the end of a query of another thread; returns false if it does not end. */
  private boolean endSharing() throws InterruptedException {
    shared = false;
    if (!querying.tryLock(OTHER_QUERY.getMillis(), TimeUnit.MILLISECONDS)) {
      return false;
    }
    querying.unlock();
    return true;
  }

  /**
   * Gives the connection up: after a time limit of the driver it would answer one statement with
   * the result of another.
   */
  public void discard() {
    Connection given = connection;
    connection = null;
    readsOnly = false;
    if (given != null) {
      // A driver may wait for the answer to an open statement before it closes.
      ConnectAttempts.inThread("closing", () -> ConnectAttempts.close(given));
    }
  }

  @Override
  public void close() throws SQLException {
    Connection current = connection;
    if (current != null) {
      current.close();
    }
  }
}
