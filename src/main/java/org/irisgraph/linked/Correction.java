package org.irisgraph.linked;

import java.sql.Connection;
import java.sql.SQLException;

/** Changes of stored rows, in the order in which they must be made. */
interface Correction {

  /** The number of changes. */
  int size();

  /** The changes from one index to another. */
  Correction part(int from, int to);

  /** Makes the changes. */
  void apply(Connection connection) throws SQLException;
}
