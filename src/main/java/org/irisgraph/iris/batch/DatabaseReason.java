package org.irisgraph.iris.batch;

import java.sql.SQLException;
import org.irisgraph.jdbc.Dialect;
import org.irisgraph.jdbc.ErrorClassifier;

/**
 * Why a database refuses a row, for people.
 *
 * @param code its short name, see {@link Dialect#code}
 * @param message its message, without the statement
 */
record DatabaseReason(String code, String message) {

  /** The reason in an exception; that of a batch is in the next one. */
  static DatabaseReason of(Dialect dialect, Exception exception) {
    if (!(exception instanceof SQLException e)) {
      return new DatabaseReason(exception.getClass().getSimpleName(), String.valueOf(exception));
    }
    SQLException shown = e.getNextException() == null ? e : e.getNextException();
    return new DatabaseReason(
        dialect.code(shown), withoutStatement(ErrorClassifier.message(shown)));
  }

  /** H2 appends the statement. */
  private static String withoutStatement(String message) {
    int statement = message.indexOf("; SQL statement:");
    return statement < 0 ? message : message.substring(0, statement);
  }
}
