package org.irisgraph.jdbc;

import java.io.Serializable;
import java.sql.SQLException;
import java.util.Optional;
import org.joda.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A worker's access to a {@link Database}. It travels with a job as settings; a {@code DoFn} opens
 * it in its setup and closes it in its teardown.
 */
public final class WorkerDatabase implements Serializable {

  private final ConnectionSettings settings;
  private final Duration retryFor;
  private transient @Nullable Database database;

  /**
   * @param retryFor how long {@link #query} retries while the database does not answer
   */
  public WorkerDatabase(ConnectionSettings settings, Duration retryFor) {
    this.settings = settings;
    this.retryFor = retryFor;
  }

  /** Acquires the database. */
  public void open() {
    database = Database.acquire(settings);
  }

  /**
   * Releases the database; does nothing if it is not open, since a failed setup is torn down too.
   */
  public void close() {
    if (database != null) {
      database.close();
      database = null;
    }
  }

  public ConnectionSettings settings() {
    return settings;
  }

  public Duration retryFor() {
    return retryFor;
  }

  /**
   * The database.
   *
   * @throws IllegalStateException if it is not open
   */
  public Database get() {
    if (database == null) {
      throw new IllegalStateException("the database is not open");
    }
    return database;
  }

  /** Runs a query with retries, see {@link Database#query(Duration, Database.Query)}. */
  public <R extends @Nullable Object> R query(Database.Query<R> query)
      throws StoreException, InterruptedException {
    return get().query(retryFor, query);
  }

  /**
   * Runs work that commits transactions of its own, on a connection that is in auto-commit mode
   * otherwise and has no time limit, since a server may send nothing for long.
   *
   * @param work may be repeated after any part of it
   */
  public <R extends @Nullable Object> R transactions(Database.Query<R> work)
      throws StoreException, InterruptedException {
    return query(committing(work));
  }

  /**
   * The same on a connection that nobody uses now, without waiting for one in use and without
   * retries; see {@link Database#queryIfFree}.
   */
  public <R> Optional<R> transactionsIfFree(Database.Query<R> work)
      throws SQLException, StoreException {
    return get().queryIfFree(committing(work));
  }

  private static <R extends @Nullable Object> Database.Query<R> committing(Database.Query<R> work) {
    return connection -> {
      // The pool sets both again.
      connection.setAutoCommit(true);
      connection.setNetworkTimeout(Runnable::run, 0);
      return work.run(connection);
    };
  }
}
