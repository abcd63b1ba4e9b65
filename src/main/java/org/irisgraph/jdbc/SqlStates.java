package org.irisgraph.jdbc;

import java.sql.SQLException;

/** What the standard's SQLState classes mean. */
final class SqlStates {

  private SqlStates() {}

  /**
   * By the first two characters: 08 connection, 22 data, 23 constraint, 28, 3D, 3F and 42 setup.
   */
  static ErrorClass classify(SQLException exception) {
    String state = exception.getSQLState();
    if (state == null || state.length() < 2) {
      return ErrorClass.UNKNOWN;
    }
    return switch (state.substring(0, 2)) {
      // 40 rolled back, 53 resources, 55 lock not available, 57 operator's intervention.
      case "08", "40", "53", "55", "57" -> ErrorClass.TRANSIENT;
      case "22", "23", "44" -> ErrorClass.BAD_DATA;
      case "28", "37", "3D", "3F", "42", "0A" -> ErrorClass.CONFIGURATION;
      default ->
          state.equals("HYT00") || state.equals("HYT01")
              ? ErrorClass.TRANSIENT
              : ErrorClass.UNKNOWN;
    };
  }
}
