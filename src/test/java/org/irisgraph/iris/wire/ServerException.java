package org.irisgraph.iris.wire;

import java.sql.SQLException;

/** What the server refuses and H2 does not; the error code is the SQLCODE as a positive number. */
final class ServerException extends SQLException {
  private static final long serialVersionUID = 1;

  ServerException(int code, String message) {
    super(message, "", code);
  }

  /** Another process holds the lock, and did not release it in time (110). */
  static ServerException lockConflict() {
    return new ServerException(SqlCode.LOCK_CONFLICT, "Locking conflict in filing");
  }

  /** An error of the server's own language in the code of a statement (400). */
  static ServerException fatal(String error) {
    return new ServerException(
        SqlCode.FATAL,
        "[SQLCODE: <-400>:<Fatal error occurred>] [%msg: <Unexpected error occurred: " + error);
  }
}
