package org.irisgraph.lease;

/** Another run of the same pipeline goes on. */
public final class LeaseHeldException extends RuntimeException {

  LeaseHeldException(String message) {
    super(message);
  }
}
