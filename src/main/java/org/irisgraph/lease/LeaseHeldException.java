package org.irisgraph.lease;

/** Thrown if another run of the same pipeline holds the lease. */
public final class LeaseHeldException extends RuntimeException {

  LeaseHeldException(String message) {
    super(message);
  }
}
