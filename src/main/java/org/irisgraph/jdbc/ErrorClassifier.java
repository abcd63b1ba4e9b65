package org.irisgraph.jdbc;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.h2.jdbc.JdbcException;
import org.irisgraph.base.Causes;
import org.irisgraph.base.ErrorText;
import org.irisgraph.base.FullDisk;
import org.jspecify.annotations.Nullable;

/** Classifies errors by where they happened, and describes them in one line. */
public final class ErrorClassifier {

  private static final int MAX_MESSAGE = 500;

  /** Unknown columns, tables and schemas, in H2 and PostgreSQL. */
  private static final Set<String> LAYOUT =
      Set.of("42S02", "42S03", "42S04", "42S22", "90079", "42703", "42P01", "3F000");

  /** Insufficient privileges, in PostgreSQL and H2. */
  private static final Set<String> PRIVILEGE = Set.of("42501", "90096");

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

  /**
   * The message of an error, without the values of rows that a server quotes in it, and without the
   * statement that H2 adds.
   */
  public static String message(Exception exception) {
    // Not the next exception: the driver of IRIS gives each of them once.
    if (exception instanceof BatchUpdateException
        && exception.getCause() instanceof SQLException e) {
      return message(e);
    }
    return isOfH2(exception)
            && exception instanceof JdbcException h2
            && h2.getOriginalMessage() != null
        ? h2.getOriginalMessage()
        : ServerMessage.withoutValues(exception);
  }

  /** By its name, since a class path without H2 lacks the class. */
  private static boolean isOfH2(Exception exception) {
    return exception.getClass().getName().startsWith("org.h2.");
  }

  /**
   * Describes in one sentence an error that the command {@code check} explains: tables that are
   * missing or of another layout, or a missing privilege; empty for all others.
   */
  public static Optional<String> advice(SQLException exception) {
    String state = String.valueOf(exception.getSQLState());
    String first = message(exception).lines().findFirst().orElse("").strip();
    // The SQLState of IRIS does not tell them apart.
    int code = exception.getErrorCode();
    if (LAYOUT.contains(state) || code == 29 || code == 30) {
      return Optional.of(
          first
              + ": a table is missing or of another layout; \"check FILE.yaml\" says which, and what"
              + " to do");
    }
    return PRIVILEGE.contains(state) || code == 99
        ? Optional.of(
            first
                + ": the user lacks a privilege, which the owner of the tables or of the database"
                + " must grant; \"check FILE.yaml\" says which")
        : Optional.empty();
  }

  /**
   * What to do about an error of connecting, as a clause; empty if its message says it.
   *
   * @param failure the exception of the driver, or of the time limit
   */
  static Optional<String> connectAdvice(ConnectionSettings settings, @Nullable Throwable failure) {
    if (failure instanceof SQLException sql) {
      Dialect dialect = settings.dialect();
      if (dialect.isInUse(sql)) {
        return Optional.of("wait for the end of the process that has it open, or stop it");
      }
      if (ofConnect(dialect, sql) == ErrorClass.CONFIGURATION && !FullDisk.isCauseOf(sql)) {
        return Optional.of("correct jdbcUrl, jdbcUser or jdbcPasswordFrom");
      }
      if (dialect.isConnectionLimit(sql)) {
        return Optional.of("close other connections");
      }
    }
    return (failure instanceof SQLException || failure instanceof TimeoutException)
            && !Dialects.isEmbedded(settings.jdbcUrl())
        ? Optional.of("start the server, or correct jdbcUrl")
        : Optional.empty();
  }

  /** Describes an error that no retry helps, with what to do where that is known. */
  public static String refusal(Exception exception) {
    return FullDisk.isCauseOf(exception)
        ? "the disk of the database is full: %s; free space, and run the same command again"
            .formatted(FullDisk.file(exception).orElseGet(() -> describe(exception)))
        : "the database refuses: "
            + (exception instanceof SQLException sql ? advice(sql) : Optional.<String>empty())
                .orElseGet(() -> describe(exception));
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
