package org.irisgraph.lease;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.irisgraph.base.Shared;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews a run's lease while this JVM works for the run, and knows until when a commit is safe. It
 * borrows the writers' connections, so that there are never more than {@code writers}.
 */
final class LeaseKeeper {

  private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);
  private static final int RENEWALS_PER_LEASE = 3;
  private static final Shared<LeaseSettings, LeaseKeeper> OPEN = new Shared<>(LeaseKeeper::stop);

  private final LeaseSettings lease;
  private final LeaseTable table;
  private final Database database;
  private final Thread renewals;

  /** Before this time no other run can have taken the lease. */
  private volatile Deadline safeUntil;

  private volatile boolean lost;
  private volatile boolean stopped;

  private LeaseKeeper(LeaseSettings lease, ConnectionSettings connection, Deadline safeUntil) {
    this.lease = lease;
    this.table = new LeaseTable(lease);
    this.database = Database.acquire(connection);
    this.safeUntil = safeUntil;
    this.renewals = new Thread(this::renewUntilStopped, "lease-keeper");
    renewals.setDaemon(true);
  }

  /** The keeper of a lease in this JVM; each call is matched by one of {@link #close}. */
  static LeaseKeeper open(LeaseSettings lease, ConnectionSettings connection) {
    // Not safe before the first renewal, since the run may have begun long ago.
    return open(lease, connection, Deadline.now());
  }

  /** The keeper of a lease that was taken at a known time. */
  static LeaseKeeper openTaken(
      LeaseSettings lease, ConnectionSettings connection, Deadline takenAt) {
    return open(lease, connection, takenAt.plusMillis(lease.millis()));
  }

  private static LeaseKeeper open(
      LeaseSettings lease, ConnectionSettings connection, Deadline safeUntil) {
    return OPEN.acquire(
        lease,
        key -> {
          LeaseKeeper keeper = new LeaseKeeper(key, connection, safeUntil);
          keeper.renewals.start();
          return keeper;
        });
  }

  /** How many leases this JVM renews. */
  static int openLeases() {
    return OPEN.keys().size();
  }

  /** Ends the run: a writer of this JVM that has not noticed must not commit any more. */
  static void end(LeaseSettings lease) {
    OPEN.find(lease).ifPresent(keeper -> keeper.lost = true);
  }

  void close() {
    OPEN.release(lease);
  }

  private void stop() {
    stopped = true;
    renewals.interrupt();
    database.close();
  }

  /** See {@link org.irisgraph.iris.spec.CommitGuard#verify}. */
  void verify(Connection connection) throws SQLException, StoreException.Fenced {
    if (!lost && !safeUntil.hasExpired()) {
      return;
    }
    // In the writer's own transaction, so that no run can take the lease before the commit.
    if (lost || !table.renew(connection)) {
      lost = true;
      throw new StoreException.Fenced(
          ("run %s of pipeline %s has lost its lease: it did not renew it for %d ms, and another"
                  + " run has taken over; this run stops")
              .formatted(lease.runId(), lease.pipeline(), lease.millis()));
    }
  }

  private void renewUntilStopped() {
    long pause = Math.max(1, lease.millis() / RENEWALS_PER_LEASE);
    try {
      if (!safeUntil.hasExpired()) {
        TimeUnit.MILLISECONDS.sleep(pause);
      }
      while (!lost && !stopped) {
        renew();
        TimeUnit.MILLISECONDS.sleep(pause);
      }
    } catch (InterruptedException e) {
      // Stopped.
      Thread.currentThread().interrupt();
    }
  }

  private void renew() throws InterruptedException {
    Deadline start = Deadline.now();
    try {
      if (database.query(table::renew)) {
        safeUntil = start.plusMillis(lease.millis());
      } else {
        lost = true;
      }
    } catch (SQLException | StoreException | RuntimeException | AssertionError e) {
      // PostgreSQL's driver throws an AssertionError when a link breaks.
      LOG.atDebug()
          .addKeyValue("error", e.getMessage())
          .log("lease not renewed: until it is, each writer renews it before its commit");
    }
  }
}
