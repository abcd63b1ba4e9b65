package org.irisgraph.iris.wire;

import java.sql.SQLException;
import java.util.Locale;
import org.h2.api.ErrorCode;
import org.h2.jdbc.JdbcException;

/**
 * The SQLCODEs of the server, as the positive numbers that are sent, and how the errors of H2 map
 * to them. The meanings are documented; which one a real server picks where several would do (108
 * or 104, 110 or 114) is a choice.
 */
final class SqlCode {
  static final int SYNTAX = 1;
  static final int FIELD_NOT_FOUND = 29;
  static final int TABLE_NOT_FOUND = 30;
  static final int STREAM_IN_FUNCTION = 37;
  static final int VALUE_COUNT = 62;
  static final int FIELD_VALIDATION = 104;
  static final int ROW_ID_ON_UPDATE = 107;
  static final int REQUIRED_FIELD_MISSING = 108;
  static final int LOCK_CONFLICT = 110;
  static final int ROW_ID_ON_INSERT = 111;
  static final int LOCK_TIMEOUT = 114;
  static final int UNIQUE_ON_INSERT = 119;
  static final int UNIQUE_ON_UPDATE = 120;
  static final int FOREIGN_KEY_ON_INSERT = 121;
  static final int FOREIGN_KEY_ON_UPDATE = 122;
  static final int FOREIGN_KEY_ON_DELETE = 124;
  static final int TABLE_EXISTS = 201;
  static final int VECTOR_OF_ANOTHER_TYPE = 259;
  static final int STREAM_IN_CONDITION = 313;
  static final int INDEX_EXISTS = 324;
  static final int FATAL = 400;
  static final int LOGIN_FAILURE = 402;
  static final int SECURITY_ERROR = 417;

  private SqlCode() {}

  /** The code for an error that H2 met in this statement. */
  static int of(SQLException error, String sql) {
    if (error instanceof ServerException) {
      return error.getErrorCode();
    }
    String verb = verb(sql);
    return switch (error.getErrorCode()) {
      case ErrorCode.DUPLICATE_KEY_1 -> verb.equals("UPDATE") ? UNIQUE_ON_UPDATE : UNIQUE_ON_INSERT;
      case ErrorCode.REFERENTIAL_INTEGRITY_VIOLATED_PARENT_MISSING_1 ->
          verb.equals("UPDATE") ? FOREIGN_KEY_ON_UPDATE : FOREIGN_KEY_ON_INSERT;
      case ErrorCode.REFERENTIAL_INTEGRITY_VIOLATED_CHILD_EXISTS_1 -> FOREIGN_KEY_ON_DELETE;
      case ErrorCode.NULL_NOT_ALLOWED -> REQUIRED_FIELD_MISSING;
      case ErrorCode.LOCK_TIMEOUT_1 -> verb.equals("SELECT") ? LOCK_TIMEOUT : LOCK_CONFLICT;
      case ErrorCode.DEADLOCK_1, ErrorCode.CONCURRENT_UPDATE_1 -> LOCK_CONFLICT;
      case ErrorCode.TABLE_OR_VIEW_NOT_FOUND_1,
          ErrorCode.TABLE_OR_VIEW_NOT_FOUND_DATABASE_EMPTY_1,
          ErrorCode.TABLE_OR_VIEW_NOT_FOUND_WITH_CANDIDATES_2,
          ErrorCode.SCHEMA_NOT_FOUND_1 ->
          TABLE_NOT_FOUND;
      case ErrorCode.COLUMN_NOT_FOUND_1 -> FIELD_NOT_FOUND;
      case ErrorCode.COLUMN_COUNT_DOES_NOT_MATCH -> VALUE_COUNT;
      case ErrorCode.SYNTAX_ERROR_1, ErrorCode.SYNTAX_ERROR_2 -> SYNTAX;
      case ErrorCode.TABLE_OR_VIEW_ALREADY_EXISTS_1 -> TABLE_EXISTS;
      case ErrorCode.INDEX_ALREADY_EXISTS_1 -> INDEX_EXISTS;
      case ErrorCode.EXCEPTION_IN_FUNCTION_1,
          ErrorCode.CHECK_CONSTRAINT_VIOLATED_1,
          ErrorCode.CHECK_CONSTRAINT_INVALID ->
          FIELD_VALIDATION;
      default -> isData(error) ? FIELD_VALIDATION : FATAL;
    };
  }

  /** What the error is about, without H2's copy of the statement. */
  static String message(SQLException error) {
    return switch (error.getErrorCode()) {
      case ErrorCode.LOCK_TIMEOUT_1, ErrorCode.DEADLOCK_1, ErrorCode.CONCURRENT_UPDATE_1 ->
          "Locking conflict in filing";
      default -> error instanceof JdbcException h2 ? h2.getOriginalMessage() : error.getMessage();
    };
  }

  /**
   * Whether it is one row's fault: the others may be stored. A choice: also where its key is too
   * long for a global.
   */
  static boolean isBadRow(int code, String message) {
    return switch (code) {
      case FATAL -> message.contains("<SUBSCRIPT>");
      case FIELD_VALIDATION,
          REQUIRED_FIELD_MISSING,
          UNIQUE_ON_INSERT,
          UNIQUE_ON_UPDATE,
          FOREIGN_KEY_ON_INSERT,
          FOREIGN_KEY_ON_UPDATE,
          FOREIGN_KEY_ON_DELETE ->
          true;
      default -> false;
    };
  }

  private static boolean isData(SQLException error) {
    String state = error.getSQLState();
    return state != null && (state.startsWith("22") || state.startsWith("23"));
  }

  private static String verb(String sql) {
    return sql.strip().split("\\s", 2)[0].toUpperCase(Locale.ROOT);
  }
}
