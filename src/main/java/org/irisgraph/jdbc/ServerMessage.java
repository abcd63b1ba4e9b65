package org.irisgraph.jdbc;

import java.sql.SQLException;
import java.util.regex.Pattern;

/** Removes the values of rows from the messages of a server. */
final class ServerMessage {

  /** The packages of the InterSystems driver, which throws plain SQLExceptions, too. */
  private static final String IRIS = "com.intersystems.";

  /** A value, or several and what is between them; the closing quote may have been cut off. */
  private static final Pattern QUOTED = Pattern.compile("\"(?:.*\"|[^\"]*$)", Pattern.DOTALL);

  private static final Pattern VALUE =
      Pattern.compile("\\(value '(?:.*'\\)|.*$)", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

  private ServerMessage() {}

  /**
   * The exception, or a copy without values if its message has some, for stack traces.
   *
   * @param exception whose cause and following exceptions are not needed if it is copied
   */
  static Throwable withoutValuesInTrace(Throwable exception) {
    String message = withoutValues(exception);
    if (!(exception instanceof SQLException sql) || message.equals(exception.getMessage())) {
      return exception;
    }
    SQLException copy = new SQLException(message, sql.getSQLState(), sql.getErrorCode());
    copy.setStackTrace(sql.getStackTrace());
    return copy;
  }

  /**
   * The message of an exception without values. IRIS writes names in single quotes and values in
   * double ones, as in {@code Field(s) KidName="Molly Bloom"; failed unique check}, or as {@code
   * Field 'T.Kid.Name' (value 'Molly Bloom') failed validation} (SQLCODE -119, -104).
   */
  static String withoutValues(Throwable exception) {
    String message = String.valueOf(exception.getMessage());
    StackTraceElement[] origin = exception.getStackTrace();
    if (origin.length == 0 || !origin[0].getClassName().startsWith(IRIS)) {
      return message;
    }
    String unquoted = QUOTED.matcher(message).replaceAll("\"…\"");
    return VALUE.matcher(unquoted).replaceAll("(value '…')");
  }
}
