package org.irisgraph.jdbc;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.irisgraph.base.Causes;
import org.irisgraph.base.ErrorText;
import org.irisgraph.base.FullDisk;

/** Classifies errors by where they happened, and describes them in one line. */
public final class ErrorClassifier {

  private static final int MAX_MESSAGE = 500;

  private ErrorClassifier() {}

  /** Classifies an error of a statement; anything but a SQLException is unknown. */
  public static ErrorClass of(Dialect dialect, Exception exception) {
    return exception instanceof SQLException sql ? dialect.classify(sql) : ErrorClass.UNKNOWN;
  }

  /** Classifies an error of a commit: unless it was refused, its outcome is in doubt. */
  public static ErrorClass ofCommit(Dialect dialect, Exception exception) {
    ErrorClass errorClass = of(dialect, exception);
    return errorClass == ErrorClass.BAD_DATA || errorClass == ErrorClass.CONFIGURATION
        ? errorClass
        : ErrorClass.IN_DOUBT;
  }

  /**
   * Classifies an error of connecting: only a refusal is final. The pool wraps the driver's
   * exception, and the driver may wrap it again.
   */
  public static ErrorClass ofConnect(Dialect dialect, SQLException exception) {
    boolean refused =
        Causes.of(exception)
            .anyMatch(
                cause ->
                    cause instanceof SQLException sql
                        && dialect.classify(sql) == ErrorClass.CONFIGURATION);
    return refused ? ErrorClass.CONFIGURATION : ErrorClass.TRANSIENT;
  }

  /** The message of an error, without the values of rows that a server quotes in it. */
  public static String message(Exception exception) {
    return ServerMessage.withoutValues(exception);
  }

  /** Describes an error that no retry helps, with what to do where that is known. */
  public static String refusal(Exception exception) {
    return FullDisk.isCauseOf(exception)
        ? "the disk of the database is full: %s; free space, and run the same command again"
            .formatted(FullDisk.file(exception).orElseGet(() -> describe(exception)))
        : "the database refuses: " + describe(exception);
  }

  /** Describes an error by message, code and SQLState, in one line and without values of rows. */
  public static String describe(Exception exception) {
    if (exception instanceof SQLTransientConnectionException
        && exception.getCause() instanceof Exception cause) {
      // The pool only reports its time-out; the reason is in the cause.
      return describe(cause);
    }
    String message = ErrorText.cut(message(exception).replace('\n', ' '), MAX_MESSAGE);
    return exception instanceof SQLException sql
        ? "%s (code %d, SQLState %s)".formatted(message, sql.getErrorCode(), sql.getSQLState())
        : exception.getClass().getSimpleName() + ": " + message;
  }
}
