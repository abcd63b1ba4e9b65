package org.irisgraph.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.irisgraph.iris.spec.CommitGuard;
import org.irisgraph.jdbc.StoreException;

/**
 * Divides changes among transactions, each of which is committed only if the run still has its
 * lease.
 *
 * @param rows the most rows that a transaction changes
 */
record GuardedBatches(int rows, CommitGuard guard) {

  /** Changes the rows of a batch. */
  @FunctionalInterface
  interface Change<T> {
    void apply(List<T> batch) throws SQLException;
  }

  /** Applies a change to all items. */
  <T> void forEach(Connection connection, List<T> all, Change<T> change)
      throws SQLException, StoreException.Fenced {
    for (int start = 0; start < all.size(); start += rows) {
      change.apply(all.subList(start, Math.min(all.size(), start + rows)));
      guard.verify(connection);
      connection.commit();
    }
  }
}
