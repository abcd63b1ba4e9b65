package org.irisgraph.iris.spec;

import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;

/**
 * Records which elements a transaction changes, in that transaction and before any of its rows
 * change, so that data derived from the rows can be updated later. An element that takes several
 * transactions is recorded in each.
 */
@FunctionalInterface
public interface ChangeLog extends Serializable {

  /**
   * Records changes.
   *
   * @param added keys of elements of which the tables have no rows
   * @param replaced keys of elements whose rows are replaced or deleted
   */
  void record(Connection connection, Collection<String> added, Collection<String> replaced)
      throws SQLException;
}
