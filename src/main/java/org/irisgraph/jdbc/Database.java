package org.irisgraph.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.joda.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database as one JVM sees it: one bounded pool for all who use the same {@link
 * ConnectionSettings}, opened by the first {@link #acquire} and closed by the last {@link #close}.
 *
 * <p>Waiting for one of its connections is back-pressure and never an error: a fair semaphore
 * stands before the pool, so that the pool's own time limit is met by a database that does not
 * answer, and by nothing else.
 */
public final class Database implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Database.class);
  private static final long CONNECT_MILLIS = 10_000;
  private static final long CLOSE_MILLIS = 5_000;
  private static final Map<ConnectionSettings, Database> OPEN = new HashMap<>();

  private final ConnectionSettings settings;
  private final HikariDataSource pool;
  private final Semaphore permits;
  private final Map<Integer, Lock> shardLocks = new HashMap<>();
  private final Map<String, TableShape> shapes = new HashMap<>();

  /** Of all writers in this JVM, for the guard against a corpus that is rejected as a whole. */
  private final AtomicLong elementsWritten = new AtomicLong();

  private final RetryPolicy.Outage outage = new RetryPolicy.Outage();
  private final AtomicLong elementsRejected = new AtomicLong();
  private int users;

  private Database(ConnectionSettings settings) {
    this.settings = settings;
    int connections = Math.min(settings.writers(), Dialects.maxWriters(settings.jdbcUrl()));
    this.pool = new HikariDataSource(poolConfig(settings, connections));
    this.permits = new Semaphore(connections, true);
  }

  /** The database of these settings; each call is matched by one of {@link #close}. */
  public static Database acquire(ConnectionSettings settings) {
    synchronized (OPEN) {
      Database database = OPEN.computeIfAbsent(settings, Database::new);
      database.users++;
      return database;
    }
  }

  /** Those that are open in this JVM. */
  public static Set<ConnectionSettings> open() {
    synchronized (OPEN) {
      return Set.copyOf(OPEN.keySet());
    }
  }

  @Override
  public void close() {
    synchronized (OPEN) {
      if (--users == 0) {
        OPEN.remove(settings);
        pool.close();
        OPEN.notifyAll();
      }
    }
  }

  /**
   * Waits until the last user in this JVM has closed the database, 5 seconds at most. A runner may
   * tear its functions down after it has said that the pipeline is done, and those of a pipeline
   * that failed not at all.
   *
   * @return whether it is closed
   */
  public static boolean awaitClosed(ConnectionSettings settings) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CLOSE_MILLIS);
    synchronized (OPEN) {
      while (OPEN.containsKey(settings)) {
        long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (millis <= 0) {
          return false;
        }
        OPEN.wait(millis);
      }
      return true;
    }
  }

  /** The dialect of this database. */
  public Dialect dialect() {
    return settings.dialect();
  }

  /** A connection with auto-commit off; waits as long as all are in use. */
  public Lease borrow() throws SQLException, InterruptedException {
    permits.acquire();
    try {
      return new Lease(pool.getConnection());
    } catch (SQLException | RuntimeException e) {
      permits.release();
      throw e;
    }
  }

  /**
   * Runs reading statements on a pooled connection and ends their transaction.
   *
   * @throws SQLException as the statements do; the connection is then replaced
   */
  public <R> R query(Query<R> query) throws SQLException, StoreException, InterruptedException {
    try (Lease lease = borrow()) {
      try {
        R result = query.run(lease.connection());
        lease.connection().commit();
        return result;
      } catch (SQLException | RuntimeException | AssertionError e) {
        lease.discard();
        throw e;
      }
    }
  }

  /**
   * The same, tried again as long as the database does not answer.
   *
   * @throws StoreException if it refuses, or the time for retries is spent
   */
  public <R> R query(Duration retryFor, Query<R> query)
      throws StoreException, InterruptedException {
    return query(new RetryPolicy(retryFor), query);
  }

  public <R> R query(RetryPolicy retries, Query<R> query)
      throws StoreException, InterruptedException {
    RetryPolicy.Delays delays = retries.start(outage);
    for (int attempt = 1; ; attempt++) {
      try {
        R result = query(query);
        outage.isOver();
        return result;
      } catch (SQLException e) {
        if (ErrorClassifier.ofConnect(dialect(), e) == ErrorClass.CONFIGURATION) {
          throw new StoreException.Configuration(
              "the database refuses: " + ErrorClassifier.describe(e), e);
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
  public interface Query<R> {
    R run(Connection connection) throws SQLException, StoreException;
  }

  /**
   * A lock for the elements of one shard. A runner may hand two batches of one shard to two
   * threads; what is decided from the outcome table must not be decided twice at once.
   */
  public Lock shardLock(int shard) {
    synchronized (shardLocks) {
      return shardLocks.computeIfAbsent(shard, ignored -> new ReentrantLock());
    }
  }

  /** What INFORMATION_SCHEMA says of a table, looked up once. */
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

  public RetryPolicy.Outage outage() {
    return outage;
  }

  public AtomicLong elementsWritten() {
    return elementsWritten;
  }

  public AtomicLong elementsRejected() {
    return elementsRejected;
  }

  /**
   * One connection outside any pool, with auto-commit on, for the launcher.
   *
   * @throws SQLException if the database does not answer within 10 seconds or refuses
   */
  public static Connection connect(ConnectionSettings settings) throws SQLException {
    Properties properties = new Properties();
    properties.putAll(settings.dialect().connectionProperties());
    properties.putAll(settings.properties());
    if (settings.user() != null) {
      properties.setProperty("user", settings.user());
    }
    try {
      properties.setProperty("password", settings.password().resolve());
    } catch (IllegalStateException e) {
      throw new SQLException(e.getMessage(), "28000", e);
    }
    DriverManager.setLoginTimeout((int) (CONNECT_MILLIS / 1000));
    // Not through DriverManager, which in a Flink session knows the drivers of the first job only.
    Dialect dialect = settings.dialect();
    Driver driver = dialect.driver();
    DriverRegistrations.removeThoseLike(driver);
    Connection connection = driver.connect(dialect.driverUrl(settings.jdbcUrl()), properties);
    dialect.initialise(connection);
    return connection;
  }

  private static HikariConfig poolConfig(ConnectionSettings settings, int connections) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("writers");
    config.setDataSource(new SettingsDataSource(settings));
    config.setConnectionInitSql(settings.dialect().prepareWriter());
    config.setAutoCommit(false);
    config.setMaximumPoolSize(connections);
    config.setMinimumIdle(0);
    config.setConnectionTimeout(CONNECT_MILLIS);
    config.setValidationTimeout(5_000);
    // The pool opens without a connection: whether the database answers is the writer's to judge.
    config.setInitializationFailTimeout(-1);
    return config;
  }

  /** A borrowed connection; closing it gives it back, rolled back. */
  public final class Lease implements AutoCloseable {

    private final Connection connection;
    private boolean discarded;

    private Lease(Connection connection) {
      this.connection = connection;
    }

    public Connection connection() {
      return connection;
    }

    /** The connection is not to be used again, by anybody. */
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
