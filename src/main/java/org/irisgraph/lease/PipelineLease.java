package org.irisgraph.lease;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.irisgraph.iris.CommitGuard;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.Dialects;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.jdbc.TableDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run's right to write for its pipeline, which no two runs have at once.
 *
 * <p>A holder that is provably dead loses it at once. Any other is watched: one that does not renew
 * its lease for as long as the lease lasts has lost it; one that does is waited for, once that
 * long.
 *
 * <p>An embedded database has one process at a time, and its tables one writer: there the lease is
 * not renewed, and lasts as long as the process.
 */
public final class PipelineLease implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PipelineLease.class);
  private static final long POLLS_PER_LEASE = 30;

  private final LeaseSettings settings;
  private final ConnectionSettings connection;
  private final LeaseTable table;

  /** Null for an embedded database. */
  private final LeaseGuard guard;

  private final ProcessIdentity self;
  private final boolean outlivesProcess;
  private boolean held;

  /**
   * Not yet held.
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

  /** What every transaction of the run asks before its commit. */
  public CommitGuard guard() {
    return guard == null ? CommitGuard.NONE : guard;
  }

  /**
   * Takes the lease, if need be after waiting.
   *
   * @param launcher with auto-commit on
   * @param create whether a missing table is created
   * @param stopped whether to give up
   * @return whether it is held; if not, {@code stopped} was true
   * @throws LeaseHeldException if another run goes on
   */
  public boolean acquire(Connection launcher, boolean create, BooleanSupplier stopped)
      throws SQLException, StoreException, InterruptedException {
    table.prepare(launcher, connection.dialect(), create);
    ProcessIdentity holder = outlivesProcess ? ProcessIdentity.NONE : self;
    long waitsSince = 0;
    long unchangedSince = 0;
    LeaseTable.Held watched = null;
    while (!stopped.getAsBoolean()) {
      Deadline asked = Deadline.now();
      Optional<LeaseTable.Held> found = table.held(launcher);
      if (found.isEmpty()) {
        held = table.take(launcher, holder);
      } else {
        LeaseTable.Held other = found.get();
        // One clock for both: a holder that has not been seen to renew is over before anybody gives
        // up.
        long now = System.nanoTime();
        if (!other.equals(watched)) {
          unchangedSince = now;
          if (watched == null) {
            waitsSince = now;
            tellThatItWaits(other);
          }
          watched = other;
        }
        if (isOver(other, now - unchangedSince)) {
          held = table.takeOver(launcher, other, holder);
          if (held) {
            LOG.warn("took the lease over from {}", describe(other));
          }
        } else if (TimeUnit.NANOSECONDS.toMillis(now - waitsSince)
            > Math.max(settings.millis(), other.millis())) {
          throw new LeaseHeldException(
              "pipeline %s is running: %s; wait for its end, or stop it"
                  .formatted(settings.pipeline(), describe(other)));
        }
      }
      if (held) {
        if (guard != null) {
          guard.openTaken(asked);
        }
        return true;
      }
      TimeUnit.MILLISECONDS.sleep(Math.max(1, settings.millis() / POLLS_PER_LEASE));
    }
    return false;
  }

  /** Whether a holder has lost its lease, as far as can be told from here. */
  private boolean isOver(LeaseTable.Held other, long unchangedNanos) {
    boolean isOverdue = TimeUnit.NANOSECONDS.toMillis(unchangedNanos) >= other.millis();
    return switch (other.holder().seenFrom(self)) {
      case DEAD -> true;
      // Who has an embedded database open has it alone.
      case ALIVE -> guard != null && isOverdue;
      case UNKNOWN -> guard == null || isOverdue;
    };
  }

  private void tellThatItWaits(LeaseTable.Held other) {
    if (!isOver(other, 0)) {
      LOG.warn(
          "pipeline {} is running: {}; waits up to {} s for its end",
          settings.pipeline(),
          describe(other),
          TimeUnit.MILLISECONDS.toSeconds(Math.max(settings.millis(), other.millis())));
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

  /** Gives the lease back, so that the next run need not wait. */
  public void release(Connection launcher) throws SQLException {
    LeaseKeeper.end(settings);
    close();
    table.release(launcher);
  }

  /** Renews the lease no more from here; unless it is released, it expires. */
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
