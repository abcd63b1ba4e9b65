package org.irisgraph.jdbc;

import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What errors of IRIS mean. The driver gives SQLCODE as a positive error code; its SQLState is
 * S1000 for unique violations, lock conflicts and missing privileges alike.
 */
final class IrisErrors {

  private static final Pattern NO_LICENCE =
      Pattern.compile("LICENSE LIMIT EXCEEDED", Pattern.CASE_INSENSITIVE);

  /** The code of a failed connection, whose cause has the server's code. */
  private static final int LINK_FAILURE = 461;

  /** An error of the general code 400 that no retry ends. */
  private static final String DISK_FULL = "<FILEFULL>";

  /** An error of the general code 400 that may end. */
  private static final String DISK_ERROR = "<DISKHARD>";

  /** A key, or a value in an index, exceeds a reference of a global: about 500 bytes. */
  private static final String KEY_TOO_LONG = "<SUBSCRIPT>";

  /** A text exceeds a string: 3,641,144 characters. */
  private static final String TEXT_TOO_LONG = "<MAXSTRING>";

  private IrisErrors() {}

  static ErrorClass classify(SQLException exception) {
    if (has(exception, DISK_FULL)) {
      return ErrorClass.CONFIGURATION;
    }
    if (isConnectionLimit(exception) || has(exception, DISK_ERROR)) {
      return ErrorClass.TRANSIENT;
    }
    if (code(exception).isPresent()) {
      return ErrorClass.BAD_DATA;
    }
    int code = exception.getErrorCode();
    if (code == LINK_FAILURE && exception.getCause() instanceof SQLException cause) {
      code = cause.getErrorCode();
    }
    boolean stateIsMeaningless =
        code != 0 && exception.getSQLState() != null && exception.getSQLState().startsWith("S");
    return ErrorTable.byCode(ErrorTable.IRIS, code)
        .orElseGet(
            () ->
                stateIsMeaningless
                    ? ErrorClass.UNKNOWN
                    : ErrorTable.byState(ErrorTable.IRIS, exception));
  }

  /** The code of a value that is too long; the server's is 400, as for much else. */
  static Optional<String> code(SQLException exception) {
    if (isKeyTooLong(exception)) {
      return Optional.of("KEY_TOO_LONG");
    }
    return has(exception, TEXT_TOO_LONG) ? Optional.of("TOO_LONG") : Optional.empty();
  }

  static boolean isKeyTooLong(SQLException exception) {
    return has(exception, KEY_TOO_LONG);
  }

  /** The code that comes with this message is not documented. */
  static boolean isConnectionLimit(SQLException exception) {
    return NO_LICENCE.matcher(String.valueOf(exception.getMessage())).find();
  }

  private static boolean has(SQLException exception, String error) {
    return String.valueOf(exception.getMessage()).contains(error);
  }
}
