package org.irisgraph.endpoint;

import java.util.concurrent.TimeUnit;

/**
 * Starts the requests of this JVM at even intervals, and none during a pause that a server demands.
 *
 * <p>Failsafe's smooth limiter was tried: it aligns permits to a grid, so that two requests may
 * start at once after an idle time, it cannot be paused, and it reads the system clock only.
 */
final class RateLimiter {

  /** A minute with a margin of 1 %, since the network may deliver requests closer together. */
  private static final double MINUTE_NANOS = 1.01 * 60e9;

  private final long intervalNanos;
  private final Sleeper sleeper;
  private long nextNanos;
  private boolean started;

  /**
   * @param requestsPerMinute 0 for no limit
   */
  RateLimiter(int requestsPerMinute, Sleeper sleeper) {
    this.intervalNanos =
        requestsPerMinute == 0 ? 0 : (long) Math.ceil(MINUTE_NANOS / requestsPerMinute);
    this.sleeper = sleeper;
  }

  /** Waits until a request may start. */
  void acquire() throws InterruptedException {
    // A pause may be added during the sleep.
    for (long millis = tryAcquire(); millis > 0; millis = tryAcquire()) {
      sleeper.sleep(millis);
    }
  }

  /** Returns 0 if a request may start now, else the milliseconds to wait before the next try. */
  private synchronized long tryAcquire() {
    long now = sleeper.nanoTime();
    if (started && now - nextNanos < 0) {
      return TimeUnit.NANOSECONDS.toMillis(nextNanos - now) + 1;
    }
    started = true;
    nextNanos = now + intervalNanos;
    return 0;
  }

  /** Lets no request start for this time. */
  synchronized void pause(long millis) {
    long end = sleeper.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    if (!started || end - nextNanos > 0) {
      started = true;
      nextNanos = end;
    }
  }
}
