package org.irisgraph.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.irisgraph.base.Shared;
import org.joda.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bounded pool of connections that all users of the same {@link ConnectionSettings} in a JVM
 * share, opened by the first {@link #acquire} and closed by the last {@link #close}.
 *
 * <p>Waiting for a connection is back-pressure and never an error: a fair semaphore precedes the
 * pool, so that the pool's own time limit applies only to a database that does not answer.
 */
public final class Database implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Database.class);
  private static final int MAX_REFUSALS = 3;
  private static final java.time.Duration CLOSE_LIMIT = java.time.Duration.ofSeconds(5);
  private static final Shared<ConnectionSettings, Database> OPEN =
      new Shared<>(database -> database.pool.close());

  private final ConnectionSettings settings;
  private final SettingsDataSource connections;
  private final HikariDataSource pool;
  private final Semaphore permits;
  private final Map<Integer, Lock> shardLocks = new HashMap<>();
  private final Map<String, TableShape> shapes = new HashMap<>();
  private final RetryPolicy.Outage outage = new RetryPolicy.Outage();

  private Database(ConnectionSettings settings) {
    this.settings = settings;
    int most = Math.min(settings.writers(), Dialects.maxWriters(settings.jdbcUrl()));
    this.connections = new SettingsDataSource(settings);
    this.pool = new HikariDataSource(poolConfig(settings, connections, most));
    this.permits = new Semaphore(most, true);
  }

  /** The database of these settings; each call is matched by one of {@link #close}. */
  public static Database acquire(ConnectionSettings settings) {
    return OPEN.acquire(settings, Database::new);
  }

  /** The settings of all databases that are open in this JVM. */
  public static Set<ConnectionSettings> open() {
    return OPEN.keys();
  }

  @Override
  public void close() {
    OPEN.release(settings);
  }

  /**
   * Waits until all users in this JVM have closed the database, at most 5 seconds. A runner may
   * tear down its functions after it has reported the end of the pipeline, and may not tear down
   * those of a failed pipeline at all.
   *
   * @return whether it is closed
   */
  public static boolean awaitClosed(ConnectionSettings settings) throws InterruptedException {
    return OPEN.awaitClosed(settings, CLOSE_LIMIT);
  }

  /**
   * Closes the connections of a database that are idle in this JVM; the pool opens others when they
   * are needed.
   */
  public static void closeIdle(ConnectionSettings settings) {
    OPEN.find(settings)
        .ifPresent(database -> database.pool.getHikariPoolMXBean().softEvictConnections());
  }

  /** The dialect of this database. */
  public Dialect dialect() {
    return settings.dialect();
  }

  /**
   * Borrows a connection with auto-commit off; waits while all are in use.
   *
   * @throws IllegalStateException if the database has been closed, as for the threads of a failed
   *     pipeline that still run: it is no outage, and no retry helps
   */
  public Lease borrow() throws SQLException, InterruptedException {
    permits.acquire();
    return lease();
  }

  /** Borrows a connection of the pool, for a permit that is released with it. */
  private Lease lease() throws SQLException {
    try {
      if (!pool.isClosed()) {
        connections.openFirst();
      }
      return new Lease(pool.getConnection());
    } catch (SQLException | RuntimeException e) {
      permits.release();
      if (pool.isClosed()) {
        connections.closeUnused();
        throw new IllegalStateException("the database has been closed: its pipeline has ended", e);
      }
      throw e;
    }
  }

  /**
   * Runs reading statements on a pooled connection and ends their transaction.
   *
   * @throws SQLException if a statement fails; the connection is then discarded
   */
  public <R extends @Nullable Object> R query(Query<R> query)
      throws SQLException, StoreException, InterruptedException {
    return query(borrow(), query);
  }

  /**
   * The same on a connection that nobody uses now, without waiting for one in use: does nothing
   * unless another one stays free, or if the server admits no more. It may have to be opened, which
   * ends by the time limit of the pool.
   */
  public <R> Optional<R> queryIfFree(Query<R> query) throws SQLException, StoreException {
    if (!acquireIfAnotherStaysFree()) {
      return Optional.empty();
    }
    Lease lease;
    try {
      lease = lease();
    } catch (SQLException e) {
      LOG.debug("there is no further connection", e);
      return Optional.empty();
    }
    return Optional.of(query(lease, query));
  }

  private boolean acquireIfAnotherStaysFree() {
    // Else one thread would take the permit for free that another is about to release.
    synchronized (permits) {
      boolean acquired = permits.tryAcquire(2);
      if (acquired) {
        permits.release();
      }
      return acquired;
    }
  }

  private static <R extends @Nullable Object> R query(Lease borrowed, Query<R> query)
      throws SQLException, StoreException {
    try (Lease lease = borrowed) {
      try {
        Connection connection = lease.connection();
        R result = query.run(connection);
        if (!connection.getAutoCommit()) {
          connection.commit();
        }
        return result;
      } catch (SQLException | RuntimeException | AssertionError e) {
        lease.discard();
        throw e;
      }
    }
  }

  /**
   * Runs reading statements, retrying while the database does not answer.
   *
   * @throws StoreException.Refused if it refuses a value three times in a row; another writer may
   *     insert the same row at the same time, but not as often
   * @throws StoreException if the database refuses, or the time for retries is used up
   */
  public <R extends @Nullable Object> R query(Duration retryFor, Query<R> query)
      throws StoreException, InterruptedException {
    return query(new RetryPolicy(retryFor), query);
  }

  /** Runs reading statements with a retry policy. */
  public <R extends @Nullable Object> R query(RetryPolicy retries, Query<R> query)
      throws StoreException, InterruptedException {
    RetryPolicy.Delays delays = retries.start(outage);
    int refusals = 0;
    for (int attempt = 1; ; attempt++) {
      try {
        R result = query(query);
        outage.end();
        return result;
      } catch (SQLException e) {
        if (ErrorClassifier.ofConnect(dialect(), e) == ErrorClass.CONFIGURATION) {
          throw new StoreException.Configuration(ErrorClassifier.refusal(e), e);
        }
        refusals = dialect().classify(e) == ErrorClass.BAD_DATA ? refusals + 1 : 0;
        if (refusals == MAX_REFUSALS) {
          throw new StoreException.Refused(e);
        }
        if (refusals > 0) {
          // No outage: another writer's row is there by now, and needs no waiting.
          LOG.debug("look-up refused, attempt {}: {}", attempt, ErrorClassifier.describe(e));
          continue;
        }
        LOG.atWarn()
            .addKeyValue("attempt", attempt)
            .addKeyValue("error", ErrorClassifier.describe(e))
            .log("look-up failed: retry");
        if (!delays.sleep()) {
          throw StoreException.Outage.after(attempt, delays.elapsedMillis(), e);
        }
      }
    }
  }

  /** Statements on a connection. */
  @FunctionalInterface
  public interface Query<R extends @Nullable Object> {
    R run(Connection connection) throws SQLException, StoreException;
  }

  /**
   * The lock of a shard. A runner may process two batches of one shard in two threads, which must
   * not decide from the outcome table at the same time.
   */
  public Lock shardLock(int shard) {
    synchronized (shardLocks) {
      return shardLocks.computeIfAbsent(shard, ignored -> new ReentrantLock());
    }
  }

  /** The columns of a table, looked up once if the table exists. */
  public TableShape shape(Connection connection, String table) throws SQLException {
    synchronized (shapes) {
      TableShape shape = shapes.get(table);
      if (shape == null) {
        shape = TableShape.lookUp(connection, table);
        if (shape.exists()) {
          shapes.put(table, shape);
        }
      }
      return shape;
    }
  }

  /** The current outage of this database, shared by all writers of the JVM. */
  public RetryPolicy.Outage outage() {
    return outage;
  }

  /**
   * Opens a connection outside the pool, with auto-commit on, for the launcher.
   *
   * @throws SQLException if the database does not answer within 10 seconds or refuses
   */
  public static Connection connect(ConnectionSettings settings) throws SQLException {
    return ConnectionOpener.open(settings);
  }

  private static HikariConfig poolConfig(
      ConnectionSettings settings, SettingsDataSource connections, int most) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("writers");
    config.setDataSource(connections);
    settings.dialect().prepareWriter().ifPresent(config::setConnectionInitSql);
    config.setAutoCommit(false);
    config.setMaximumPoolSize(most);
    config.setMinimumIdle(0);
    config.setConnectionTimeout(ConnectionOpener.MILLIS);
    config.setValidationTimeout(5_000);
    // Opens without a connection: a writer handles a database that does not answer.
    config.setInitializationFailTimeout(-1);
    return config;
  }

  /** A borrowed connection; closing the lease rolls back and returns it to the pool. */
  public final class Lease implements AutoCloseable {

    private final Connection connection;
    private boolean discarded;

    private Lease(Connection connection) {
      this.connection = connection;
    }

    public Connection connection() {
      return connection;
    }

    /** Marks the connection as broken; closing the lease then evicts it from the pool. */
    public void discard() {
      discarded = true;
    }

    @Override
    public void close() {
      try {
        if (discarded) {
          pool.evictConnection(connection);
        } else {
          connection.close();
        }
      } catch (SQLException e) {
        pool.evictConnection(connection);
      } finally {
        permits.release();
      }
    }
  }
}
