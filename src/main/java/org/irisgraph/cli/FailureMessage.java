package org.irisgraph.cli;

import java.io.FileNotFoundException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.util.Objects;
import org.irisgraph.base.Causes;
import org.irisgraph.base.FullDisk;
import org.irisgraph.jdbc.ErrorClassifier;

/** Describes a failure in one line, without the wrappers of runners and executors. */
final class FailureMessage {

  private FailureMessage() {}

  /** The message of the outermost exception of this project, or else of the root cause. */
  static String of(Throwable failure) {
    return oneLine(
        Causes.of(failure)
            .filter(FailureMessage::isOurs)
            .map(Throwable::getMessage)
            .filter(Objects::nonNull)
            .findFirst()
            .orElseGet(
                () ->
                    FullDisk.isCauseOf(failure)
                        ? fullDisk(failure)
                        : describe(Causes.root(failure))));
  }

  private static boolean isOurs(Throwable failure) {
    return failure.getClass().getName().startsWith("org.irisgraph.");
  }

  /** The error that names the file is seldom the innermost. */
  private static String fullDisk(Throwable failure) {
    return FullDisk.file(failure)
        .map("the disk is full: "::concat)
        .orElse(
            "a disk is full, that of %s or of a file of the run"
                .formatted(System.getProperty("java.io.tmpdir")));
  }

  private static String describe(Throwable root) {
    String message = root.getMessage();
    if (message == null || message.isBlank()) {
      return root.getClass().getSimpleName() + " without a message; --stacktrace shows where";
    }
    // The message is only a name.
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
      return ErrorClassifier.advice(sql)
          .orElseGet(
              () ->
                  "%s (SQLState %s, code %d)"
                      .formatted(
                          ErrorClassifier.message(sql), sql.getSQLState(), sql.getErrorCode()));
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
