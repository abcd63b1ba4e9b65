package org.irisgraph.extract.gold;

/** A file of marked documents is not what it should be; the message says where and why. */
public final class WrongGoldException extends RuntimeException {

  WrongGoldException(String message) {
    super(message);
  }

  WrongGoldException(String message, Throwable cause) {
    super(message, cause);
  }
}
