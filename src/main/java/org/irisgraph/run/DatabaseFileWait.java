package org.irisgraph.run;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.LauncherConnection;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.lease.OpenFile;
import org.irisgraph.options.DatabaseUrl;
import org.irisgraph.runner.StoppedRunException;
import org.joda.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a run's first connection, after waiting for another process to close the embedded database,
 * as long as for the lease of a run on a server, or for a server to have a connection to spare.
 */
public final class DatabaseFileWait {

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseFileWait.class);
  private static final long POLL_MILLIS = 500;

  private final ConnectionSettings settings;
  private final long leaseSeconds;
  private final Duration retryFor;
  private final BooleanSupplier stopped;

  /**
   * Waits for a database.
   *
   * @param leaseSeconds how long to wait for another process, 0 to only name it
   * @param retrySeconds how long to wait for a free connection
   * @param stopped whether to give up
   */
  public DatabaseFileWait(
      ConnectionSettings settings, long leaseSeconds, long retrySeconds, BooleanSupplier stopped) {
    this.settings = settings;
    this.leaseSeconds = leaseSeconds;
    this.retryFor = Duration.standardSeconds(retrySeconds);
    this.stopped = stopped;
  }

  /**
   * Connects.
   *
   * @throws StoreException if the database refuses, does not answer, or stays in use
   */
  public LauncherConnection open() throws StoreException, InterruptedException {
    long start = System.nanoTime();
    boolean isReported = false;
    while (true) {
      try {
        return LauncherConnection.open(settings, retryFor, stopped);
      } catch (StoreException e) {
        if (stopped.getAsBoolean()) {
          throw new StoppedRunException();
        }
        if (!isInUse(settings, e)) {
          throw e;
        }
        if (TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start) >= leaseSeconds) {
          throw new StoreException.Configuration(
              "%s is open in another %s, probably another run: wait for its end, or stop it"
                  .formatted(settings.jdbcUrl(), process()),
              e);
        }
        if (!isReported) {
          isReported = true;
          LOG.warn(
              "{} is open in another {}; waits up to {} s for its end",
              settings.jdbcUrl(),
              process(),
              leaseSeconds);
        }
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      }
    }
  }

  /** Whether another process has an embedded database open. */
  public static boolean isInUse(ConnectionSettings settings, StoreException e) {
    return e.getCause() instanceof SQLException cause && settings.dialect().isInUse(cause);
  }

  private String process() {
    return new DatabaseUrl(settings.jdbcUrl())
        .file()
        .flatMap(file -> new OpenFile(Path.of(file)).otherProcess())
        .orElse("process");
  }
}
