package org.irisgraph.jdbc;

import java.sql.SQLException;

/** Classifies errors by the SQLState classes of the standard. */
final class SqlStates {

  private SqlStates() {}

  /** Classifies by the first two characters of the SQLState. */
  static ErrorClass classify(SQLException exception) {
    String state = exception.getSQLState();
    if (state == null || state.length() < 2) {
      return ErrorClass.UNKNOWN;
    }
    return switch (state.substring(0, 2)) {
      // Connection, roll-back, resources, lock not available, operator's intervention.
      case "08", "40", "53", "55", "57" -> ErrorClass.TRANSIENT;
      // Data, constraint, check option.
      case "22", "23", "44" -> ErrorClass.BAD_DATA;
      // Authorisation, syntax, catalog, schema, access rule, unsupported feature.
      case "28", "37", "3D", "3F", "42", "0A" -> ErrorClass.CONFIGURATION;
      default ->
          state.equals("HYT00") || state.equals("HYT01")
              ? ErrorClass.TRANSIENT
              : ErrorClass.UNKNOWN;
    };
  }
}
