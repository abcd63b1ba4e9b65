package org.irisgraph.export;

/** Thrown if an export fails; the message tells what a user can do. */
public final class ExportException extends RuntimeException {

  ExportException(String message) {
    super(message);
  }

  ExportException(String message, Throwable cause) {
    super(message, cause);
  }
}
