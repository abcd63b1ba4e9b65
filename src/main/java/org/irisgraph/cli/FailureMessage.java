package org.irisgraph.cli;

import java.io.FileNotFoundException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;

/** Says in one line why something failed, without the wrappings of runners and executors. */
final class FailureMessage {

  private static final int DEEPEST = 50;

  private FailureMessage() {}

  /** What a person can act on: our own words if there are some, else the root cause's. */
  static String of(Throwable failure) {
    Throwable deepest = failure;
    // Bounded, since causes may form a ring.
    for (int depth = 0; depth < DEEPEST && deepest != null; depth++) {
      if (isOurs(deepest) && deepest.getMessage() != null) {
        return oneLine(deepest.getMessage());
      }
      if (deepest.getCause() == null) {
        break;
      }
      deepest = deepest.getCause();
    }
    return oneLine(describe(deepest));
  }

  private static boolean isOurs(Throwable failure) {
    return failure.getClass().getName().startsWith("org.irisgraph.");
  }

  private static String describe(Throwable root) {
    String message = root.getMessage();
    if (message == null || message.isBlank()) {
      return root.getClass().getSimpleName() + " without a message; --stacktrace shows where";
    }
    // The messages of these are a bare name, of no use without their class.
    if (root instanceof NoSuchFileException || root instanceof FileNotFoundException) {
      return "no such file: " + message;
    }
    if (root instanceof AccessDeniedException) {
      return "permission denied: " + message;
    }
    if (root instanceof UnknownHostException) {
      return "unknown host: " + message;
    }
    if (root instanceof OutOfMemoryError) {
      return "out of memory (" + message + "); give Java more with -Xmx";
    }
    if (root instanceof SQLException sql && sql.getSQLState() != null) {
      return message + " (SQLState " + sql.getSQLState() + ", code " + sql.getErrorCode() + ")";
    }
    if (root instanceof LinkageError || root instanceof NullPointerException) {
      return root.getClass().getSimpleName() + ": " + message;
    }
    return message;
  }

  private static String oneLine(String message) {
    return message.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
