package org.irisgraph.lease;

import java.sql.Connection;
import java.sql.SQLException;
import org.irisgraph.iris.spec.CommitGuard;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * Lets a run commit while it holds its lease, and renews the lease in each JVM that works for the
 * run, so that a job on a cluster does not depend on its launcher.
 */
final class LeaseGuard implements CommitGuard {

  private final LeaseSettings lease;
  private final ConnectionSettings connection;
  private transient volatile @Nullable LeaseKeeper keeper;

  LeaseGuard(LeaseSettings lease, ConnectionSettings connection) {
    this.lease = lease;
    this.connection = connection;
  }

  @Override
  public void open() {
    keeper = LeaseKeeper.open(lease, connection);
  }

  /** Begins with a lease that was taken at a known time. */
  void openTaken(Deadline takenAt) {
    keeper = LeaseKeeper.openTaken(lease, connection, takenAt);
  }

  @Override
  public void verify(Connection inTransaction) throws SQLException, StoreException.Fenced {
    // A failing run closes the guard while another thread still writes.
    LeaseKeeper open = keeper;
    if (open == null) {
      throw new StoreException.Fenced(
          "run %s of pipeline %s is ending: it commits nothing any more"
              .formatted(lease.runId(), lease.pipeline()));
    }
    open.verify(inTransaction);
  }

  @Override
  public void close() {
    LeaseKeeper open = keeper;
    keeper = null;
    if (open != null) {
      open.close();
    }
  }
}
