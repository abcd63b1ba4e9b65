package org.irisgraph.iris;

import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import org.irisgraph.jdbc.StoreException;

/**
 * Asked in each transaction, right before its commit, whether it may still take place: so a writer
 * that has been replaced by another one without noticing (it was suspended, or cut off) cannot
 * write any more.
 */
@FunctionalInterface
public interface CommitGuard extends Serializable {

  /** Lets every commit take place. */
  CommitGuard NONE = connection -> {};

  /** A worker begins; each call is matched by one of {@link #close}. */
  default void open() {}

  /**
   * Lets the commit take place, or does not.
   *
   * @param connection in the transaction that is to be committed
   * @throws StoreException.Fenced if this pipeline may not write any more: the transaction is
   *     rolled back and the bundle fails
   * @throws SQLException if that cannot be told; it is treated like one of the transaction
   */
  void verify(Connection connection) throws SQLException, StoreException.Fenced;

  /** A worker has ended. */
  default void close() {}
}
