package org.irisgraph.lease;

import java.sql.Connection;
import java.sql.SQLException;
import org.irisgraph.iris.CommitGuard;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.StoreException;

/**
 * Lets a run commit as long as it holds its lease, and keeps the lease in every JVM in which the
 * run works: a job on a cluster needs nobody else to renew it.
 */
final class LeaseGuard implements CommitGuard {

  private final LeaseSettings lease;
  private final ConnectionSettings connection;
  private transient LeaseKeeper keeper;

  LeaseGuard(LeaseSettings lease, ConnectionSettings connection) {
    this.lease = lease;
    this.connection = connection;
  }

  @Override
  public void open() {
    keeper = LeaseKeeper.open(lease, connection);
  }

  void openTaken(Deadline takenAt) {
    keeper = LeaseKeeper.openTaken(lease, connection, takenAt);
  }

  @Override
  public void verify(Connection inTransaction) throws SQLException, StoreException.Fenced {
    keeper.verify(inTransaction);
  }

  @Override
  public void close() {
    if (keeper != null) {
      keeper.close();
      keeper = null;
    }
  }
}
