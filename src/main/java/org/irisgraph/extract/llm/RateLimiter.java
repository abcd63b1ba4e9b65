package org.irisgraph.extract.llm;

import java.util.concurrent.TimeUnit;

/**
 * Lets requests begin at even distances, so that no minute has more than it may, and not at all as
 * long as the server wants to be left alone. Shared by all who ask in this JVM.
 */
final class RateLimiter {

  /** The network may bring the requests of a minute a little closer together. */
  private static final double MINUTE_NANOS = 1.01 * 60e9;

  private final long distanceNanos;
  private final Sleeper waiting;
  private long nextNanos;
  private boolean begun;

  /**
   * A pace.
   *
   * @param requestsPerMinute 0 for no limit
   */
  RateLimiter(int requestsPerMinute, Sleeper waiting) {
    this.distanceNanos =
        requestsPerMinute == 0 ? 0 : (long) Math.ceil(MINUTE_NANOS / requestsPerMinute);
    this.waiting = waiting;
  }

  /** Waits until a request may begin. */
  void await() throws InterruptedException {
    while (true) {
      long millis = tryBegin();
      if (millis == 0) {
        return;
      }
      waiting.sleep(millis);
    }
  }

  /**
   * Begins a request and gives 0, or says how long to wait, since pauses may be added meanwhile.
   */
  private synchronized long tryBegin() {
    long now = waiting.nanoTime();
    if (begun && now - nextNanos < 0) {
      return TimeUnit.NANOSECONDS.toMillis(nextNanos - now) + 1;
    }
    begun = true;
    nextNanos = now + distanceNanos;
    return 0;
  }

  /** Nobody begins a request for so long. */
  synchronized void pause(long millis) {
    long end = waiting.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    if (!begun || end - nextNanos > 0) {
      begun = true;
      nextNanos = end;
    }
  }
}
