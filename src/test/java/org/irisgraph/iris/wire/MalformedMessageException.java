package org.irisgraph.iris.wire;

/** Bytes that are no message of the protocol, as far as it is known. */
final class MalformedMessageException extends RuntimeException {
  MalformedMessageException(String message) {
    super(message);
  }

  MalformedMessageException(String message, Throwable cause) {
    super(message, cause);
  }
}
