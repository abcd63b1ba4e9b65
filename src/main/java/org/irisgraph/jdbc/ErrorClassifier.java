package org.irisgraph.jdbc;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.irisgraph.base.ErrorText;

/** What an error means where it happened, for the writer and for people. */
public final class ErrorClassifier {

  private static final int MAX_MESSAGE = 500;

  private ErrorClassifier() {}

  /** Of an error while statements run. A driver that throws something else is not known. */
  public static ErrorClass of(Dialect dialect, Exception exception) {
    return exception instanceof SQLException sql ? dialect.classify(sql) : ErrorClass.UNKNOWN;
  }

  /** Of an error while a transaction commits: unless it is refused, the outcome is in doubt. */
  public static ErrorClass ofCommit(Dialect dialect, Exception exception) {
    ErrorClass errorClass = of(dialect, exception);
    return errorClass == ErrorClass.BAD_DATA || errorClass == ErrorClass.CONFIGURATION
        ? errorClass
        : ErrorClass.IN_DOUBT;
  }

  /**
   * Of an error while connecting: only a refusal is final. The pool wraps what the driver said, and
   * the driver may wrap it again.
   */
  public static ErrorClass ofConnect(Dialect dialect, SQLException exception) {
    for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && dialect.classify(sql) == ErrorClass.CONFIGURATION) {
        return ErrorClass.CONFIGURATION;
      }
    }
    return ErrorClass.TRANSIENT;
  }

  /** Code, SQLState and message in one line. */
  public static String describe(Exception exception) {
    String cut =
        ErrorText.cut(String.valueOf(exception.getMessage()).replace('\n', ' '), MAX_MESSAGE);
    if (exception instanceof SQLTransientConnectionException
        && exception.getCause() instanceof Exception cause) {
      // The pool only says that it has waited; why is in the cause.
      return describe(cause);
    }
    return exception instanceof SQLException sql
        ? "%s (code %d, SQLState %s)".formatted(cut, sql.getErrorCode(), sql.getSQLState())
        : exception.getClass().getSimpleName() + ": " + cut;
  }
}
