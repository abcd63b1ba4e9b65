package org.irisgraph.iris;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.api.Trigger;

/** Fails for items with the name "fail", with an error code that no dialect knows. */
public final class FailingTrigger implements Trigger {

  @Override
  public void fire(Connection connection, Object[] oldRow, Object[] newRow) throws SQLException {
    if (newRow[1].equals("fail")) {
      throw new SQLException("the trigger fails");
    }
  }
}
