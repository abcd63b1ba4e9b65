package org.irisgraph.jdbc;

import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Collections;

/**
 * Removes drivers from {@link DriverManager}, where a driver registers itself when its class is
 * loaded. The registration would keep a job's class loader, 30 MB of classes, until the Flink
 * worker ends, and it is never used here.
 */
final class DriverRegistrations {

  private DriverRegistrations() {}

  /** Removes all drivers of a driver's class loader, unless that is the JVM's own. */
  static void removeAllLoadedWith(Driver driver) throws SQLException {
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
