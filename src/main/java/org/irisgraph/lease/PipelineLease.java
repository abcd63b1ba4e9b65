package org.irisgraph.lease;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.irisgraph.iris.spec.CommitGuard;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.Dialects;
import org.irisgraph.jdbc.ErrorClass;
import org.irisgraph.jdbc.ErrorClassifier;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.jdbc.TableDefinition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The exclusive right of one run to write for its pipeline.
 *
 * <p>A holder that is provably dead loses the lease at once. Any other holder loses it by not
 * renewing it for as long as the lease lasts; a new run waits that long for one that does renew.
 *
 * <p>An embedded database is open in one process at a time. There the lease is not renewed, and
 * lasts until the process ends.
 */
public final class PipelineLease implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PipelineLease.class);
  private static final long POLLS_PER_LEASE = 30;

  private final LeaseSettings settings;
  private final ConnectionSettings connection;
  private final LeaseTable table;

  /** Null for an embedded database, whose lease is not renewed. */
  private final @Nullable LeaseGuard guard;

  private final ProcessIdentity self;
  private final boolean outlivesProcess;
  private boolean held;

  /**
   * Describes a lease that is not held yet.
   *
   * @param outlivesProcess whether the run goes on when this process has ended, as on a cluster
   */
  public PipelineLease(
      LeaseSettings settings, ConnectionSettings connection, boolean outlivesProcess) {
    this(settings, connection, ProcessIdentity.current(), outlivesProcess);
  }

  PipelineLease(
      LeaseSettings settings,
      ConnectionSettings connection,
      ProcessIdentity self,
      boolean outlivesProcess) {
    this.settings = settings;
    this.connection = connection;
    this.table = new LeaseTable(settings);
    this.self = self;
    this.outlivesProcess = outlivesProcess;
    this.guard =
        Dialects.isEmbedded(connection.jdbcUrl()) ? null : new LeaseGuard(settings, connection);
  }

  /** Whether the run goes on when this process has ended. */
  public boolean outlivesProcess() {
    return outlivesProcess;
  }

  /** The definition of the table of leases. */
  public TableDefinition tableDefinition() {
    return table.definition();
  }

  /** The guard that every transaction of the run verifies before its commit. */
  public CommitGuard guard() {
    return guard == null ? CommitGuard.NONE : guard;
  }

  /**
   * Takes the lease, waiting for the end of another run for as long as a lease lasts.
   *
   * @param launcher a connection with auto-commit on
   * @param create whether to create a missing table
   * @param stopped whether to give up
   * @return whether this run holds the lease; if not, {@code stopped} was true
   * @throws LeaseHeldException if another run goes on
   * @throws StoreException.Configuration if the database cannot hold the pipeline's name
   */
  public boolean acquire(Connection launcher, boolean create, BooleanSupplier stopped)
      throws SQLException, StoreException, InterruptedException {
    table.prepare(launcher, connection.dialect(), create);
    HolderWatch watch = new HolderWatch();
    while (!stopped.getAsBoolean()) {
      Deadline start = Deadline.now();
      if (tryAcquireNamed(launcher, watch)) {
        held = true;
        if (guard != null) {
          guard.openTaken(start);
        }
        return true;
      }
      TimeUnit.MILLISECONDS.sleep(Math.max(1, settings.millis() / POLLS_PER_LEASE));
    }
    return false;
  }

  private boolean tryAcquireNamed(Connection launcher, HolderWatch watch)
      throws SQLException, StoreException {
    try {
      return tryAcquire(launcher, watch);
    } catch (SQLException e) {
      if (connection.dialect().classify(e) == ErrorClass.BAD_DATA) {
        throw new StoreException.Configuration(
            "the database cannot hold the name of the pipeline, %s; choose another --pipeline: %s"
                .formatted(settings.pipeline(), ErrorClassifier.describe(e)),
            e);
      }
      throw e;
    }
  }

  private boolean tryAcquire(Connection launcher, HolderWatch watch) throws SQLException {
    ProcessIdentity holder = outlivesProcess ? ProcessIdentity.NONE : self;
    Optional<LeaseTable.Held> found = table.held(launcher);
    if (found.isEmpty()) {
      return table.take(launcher, holder);
    }
    LeaseTable.Held other = found.get();
    if (other.runId().equals(settings.runId())) {
      // The connection was lost after the lease was taken and before the server had said so. Others
      // may have seen it unchanged for so long that they are about to take it.
      return table.renew(launcher);
    }
    long maxWaitMillis = Math.max(settings.millis(), other.millis());
    if (watch.observe(other) && !isOver(other, 0)) {
      LOG.warn(
          "pipeline {} is running: {}; waits up to {} s for its end",
          settings.pipeline(),
          describe(other),
          TimeUnit.MILLISECONDS.toSeconds(maxWaitMillis));
    }
    if (isOver(other, watch.unchangedMillis())) {
      boolean taken = table.takeOver(launcher, other, holder);
      if (taken) {
        LOG.warn("took the lease over from {}", describe(other));
      }
      return taken;
    }
    if (watch.waitedMillis() > maxWaitMillis) {
      throw new LeaseHeldException(
          "pipeline %s is running: %s; wait for its end, or stop it"
              .formatted(settings.pipeline(), describe(other)));
    }
    return false;
  }

  /** Whether a holder has certainly lost its lease. */
  private boolean isOver(LeaseTable.Held other, long unchangedMillis) {
    boolean isOverdue = unchangedMillis >= other.millis();
    return switch (other.holder().seenFrom(self)) {
      case DEAD -> true;
      // Only one process can have an embedded database open.
      case ALIVE -> guard != null && isOverdue;
      case UNKNOWN -> guard == null || isOverdue;
    };
  }

  /**
   * Measures how long another run is waited for, and how long it has not renewed its lease. Both
   * are measured at one time, so that a holder that does not renew is over before the wait ends.
   */
  private static final class HolderWatch {
    private LeaseTable.@Nullable Held last;
    private long waitsSince;
    private long unchangedSince;
    private long now;

    /** Records what the table shows; returns whether it is the first time. */
    boolean observe(LeaseTable.Held holder) {
      now = System.nanoTime();
      boolean first = last == null;
      if (first) {
        waitsSince = now;
      }
      if (!holder.equals(last)) {
        unchangedSince = now;
        last = holder;
      }
      return first;
    }

    long waitedMillis() {
      return TimeUnit.NANOSECONDS.toMillis(now - waitsSince);
    }

    long unchangedMillis() {
      return TimeUnit.NANOSECONDS.toMillis(now - unchangedSince);
    }
  }

  private static String describe(LeaseTable.Held other) {
    ProcessIdentity holder = other.holder();
    return "run %s%s since %s UTC"
        .formatted(
            other.runId(),
            holder.pid() == 0
                ? " on a cluster"
                : " (process %d on host %s)".formatted(holder.pid(), holder.host()),
            OpenFile.utc(other.acquiredAt().toInstant()));
  }

  /** Describes the other run that holds the lease; empty if a run could take it at once. */
  public Optional<String> holder(Connection connection) throws SQLException {
    return table.held(connection).filter(other -> !isOver(other, 0)).map(PipelineLease::describe);
  }

  /** Gives the lease back, so that the next run does not wait. */
  public void release(Connection launcher) throws SQLException {
    LeaseKeeper.end(settings);
    close();
    table.release(launcher);
  }

  /** Stops renewing the lease in this process; unless it is released, it expires. */
  @Override
  public void close() {
    if (held) {
      held = false;
      if (guard != null) {
        guard.close();
      }
    }
  }
}
