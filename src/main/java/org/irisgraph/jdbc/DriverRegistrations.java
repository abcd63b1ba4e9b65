package org.irisgraph.jdbc;

import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Collections;

/**
 * Takes drivers out of {@link DriverManager}, which would keep the class loader of a job, and with
 * it 30 MB of classes, for as long as a Flink worker lives. A driver enters itself when it is
 * loaded; here it is never asked for there.
 */
final class DriverRegistrations {

  private DriverRegistrations() {}

  /** Takes out the drivers of a class loader that is not the JVM's own. */
  static void removeThoseLike(Driver driver) throws SQLException {
    ClassLoader loader = driver.getClass().getClassLoader();
    if (loader == ClassLoader.getSystemClassLoader()) {
      return;
    }
    for (Driver registered : Collections.list(DriverManager.getDrivers())) {
      if (registered.getClass().getClassLoader() == loader) {
        DriverManager.deregisterDriver(registered);
      }
    }
  }
}
