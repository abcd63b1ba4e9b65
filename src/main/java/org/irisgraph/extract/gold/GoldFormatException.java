package org.irisgraph.extract.gold;

/** A file of annotated documents is malformed; the message says where and why. */
public final class GoldFormatException extends RuntimeException {

  GoldFormatException(String message) {
    super(message);
  }

  GoldFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
