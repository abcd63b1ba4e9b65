package org.irisgraph.lease;

import java.util.concurrent.TimeUnit;

/**
 * Expires on the monotonic or the wall clock, whichever comes first: the monotonic clock may stop
 * while the machine sleeps, and the wall clock may be set.
 */
record Deadline(long nanoTime, long wallMillis) {

  static Deadline now() {
    return new Deadline(System.nanoTime(), System.currentTimeMillis());
  }

  Deadline plusMillis(long millis) {
    return new Deadline(nanoTime + TimeUnit.MILLISECONDS.toNanos(millis), wallMillis + millis);
  }

  boolean hasExpired() {
    return System.nanoTime() - nanoTime >= 0 || System.currentTimeMillis() >= wallMillis;
  }
}
