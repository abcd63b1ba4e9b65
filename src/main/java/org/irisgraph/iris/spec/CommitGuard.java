package org.irisgraph.iris.spec;

import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import org.irisgraph.jdbc.StoreException;

/**
 * Allows or refuses each commit, so that a writer that was replaced without noticing (it was
 * suspended or disconnected) cannot write any more.
 */
@FunctionalInterface
public interface CommitGuard extends Serializable {

  /** Allows every commit. */
  CommitGuard NONE = connection -> {};

  /** Opens the guard in a worker; each call is matched by one of {@link #close}. */
  default void open() {}

  /**
   * Allows the commit by returning.
   *
   * @param connection the connection, in the transaction to be committed
   * @throws StoreException.Fenced if this pipeline must not write any more; the transaction is
   *     rolled back and the bundle fails
   * @throws SQLException if the check fails; it is handled like an error of the transaction
   */
  void verify(Connection connection) throws SQLException, StoreException.Fenced;

  /** Closes the guard in a worker. */
  default void close() {}
}
