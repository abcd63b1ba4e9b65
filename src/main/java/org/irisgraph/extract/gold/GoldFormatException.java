package org.irisgraph.extract.gold;

/** A file of marked documents is not what it should be; the message says where and why. */
public final class GoldFormatException extends RuntimeException {

  GoldFormatException(String message) {
    super(message);
  }

  GoldFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
