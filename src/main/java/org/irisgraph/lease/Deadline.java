package org.irisgraph.lease;

import java.util.concurrent.TimeUnit;

/**
 * A moment by two clocks, which is over as soon as one of them says so: the one that nobody sets
 * stands still while the machine sleeps, and the one that does not may be set.
 */
record Deadline(long nanoTime, long wallMillis) {

  static Deadline now() {
    return new Deadline(System.nanoTime(), System.currentTimeMillis());
  }

  Deadline plusMillis(long millis) {
    return new Deadline(nanoTime + TimeUnit.MILLISECONDS.toNanos(millis), wallMillis + millis);
  }

  boolean isOver() {
    return System.nanoTime() - nanoTime >= 0 || System.currentTimeMillis() >= wallMillis;
  }
}
