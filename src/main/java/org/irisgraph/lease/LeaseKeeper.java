package org.irisgraph.lease;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews a run's lease as long as somebody in this JVM works for the run, and knows until when it
 * is safe to commit. It uses the writers' connections: there are no more than {@code writers} at
 * any time.
 */
final class LeaseKeeper {

  private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);
  private static final int RENEWALS_PER_LEASE = 3;
  private static final Map<LeaseSettings, LeaseKeeper> KEPT = new HashMap<>();

  private final LeaseSettings lease;
  private final LeaseTable table;
  private final Database database;
  private final Thread renewals;
  private int users;

  /** Until when nobody else can have taken the lease. */
  private volatile Deadline safeUntil;

  private volatile boolean lost;
  private volatile boolean closed;

  private LeaseKeeper(LeaseSettings lease, ConnectionSettings connection, Deadline safeUntil) {
    this.lease = lease;
    this.table = new LeaseTable(lease);
    this.database = Database.acquire(connection);
    this.safeUntil = safeUntil;
    this.renewals = new Thread(this::renewUntilClosed, "lease-keeper");
    renewals.setDaemon(true);
  }

  /** The keeper of a lease in this JVM; each call is matched by one of {@link #close}. */
  static LeaseKeeper open(LeaseSettings lease, ConnectionSettings connection) {
    // Not known to be safe before the first renewal: the run may have begun long ago.
    return open(lease, connection, Deadline.now());
  }

  /** The same for a lease that was taken a moment ago. */
  static LeaseKeeper openTaken(
      LeaseSettings lease, ConnectionSettings connection, Deadline takenAt) {
    return open(lease, connection, takenAt.plusMillis(lease.millis()));
  }

  private static LeaseKeeper open(
      LeaseSettings lease, ConnectionSettings connection, Deadline safeUntil) {
    synchronized (KEPT) {
      LeaseKeeper keeper = KEPT.get(lease);
      if (keeper == null) {
        keeper = new LeaseKeeper(lease, connection, safeUntil);
        KEPT.put(lease, keeper);
        keeper.renewals.start();
      }
      keeper.users++;
      return keeper;
    }
  }

  /** How many leases are kept in this JVM. */
  static int kept() {
    synchronized (KEPT) {
      return KEPT.size();
    }
  }

  /** The run is over: a writer of this JVM that has not noticed must not commit any more. */
  static void end(LeaseSettings lease) {
    synchronized (KEPT) {
      LeaseKeeper keeper = KEPT.get(lease);
      if (keeper != null) {
        keeper.lost = true;
      }
    }
  }

  void close() {
    synchronized (KEPT) {
      if (--users > 0) {
        return;
      }
      KEPT.remove(lease);
    }
    closed = true;
    renewals.interrupt();
    database.close();
  }

  /** See {@link org.irisgraph.iris.CommitGuard#verify}. */
  void verify(Connection connection) throws SQLException, StoreException.Fenced {
    if (!lost && !safeUntil.isOver()) {
      return;
    }
    // In the writer's own transaction: nobody can take the lease between this and the commit.
    if (lost || !table.renew(connection)) {
      lost = true;
      throw new StoreException.Fenced(
          ("run %s of pipeline %s has lost its lease, since it did not renew it for %d ms, and"
                  + " another run goes on in its place: this one stops")
              .formatted(lease.runId(), lease.pipeline(), lease.millis()));
    }
  }

  private void renewUntilClosed() {
    long pause = Math.max(1, lease.millis() / RENEWALS_PER_LEASE);
    try {
      if (!safeUntil.isOver()) {
        TimeUnit.MILLISECONDS.sleep(pause);
      }
      while (!lost && !closed) {
        renew();
        TimeUnit.MILLISECONDS.sleep(pause);
      }
    } catch (InterruptedException e) {
      // Closed.
      Thread.currentThread().interrupt();
    }
  }

  private void renew() throws InterruptedException {
    Deadline asked = Deadline.now();
    try {
      if (database.query(table::renew)) {
        safeUntil = asked.plusMillis(lease.millis());
      } else {
        lost = true;
      }
    } catch (SQLException | StoreException | RuntimeException | AssertionError e) {
      // PostgreSQL's driver throws an AssertionError when a link breaks.
      LOG.atDebug()
          .addKeyValue("error", e.getMessage())
          .log("lease not renewed: writers ask for themselves until it is");
    }
  }
}
