package org.irisgraph.endpoint;

import java.util.ArrayList;
import java.util.List;

/** A clock that advances only by sleeping. */
public final class FakeSleeper implements Sleeper {

  private final List<Long> sleeps = new ArrayList<>();
  private long now;

  @Override
  public synchronized long nanoTime() {
    return now;
  }

  @Override
  public synchronized void sleep(long millis) {
    sleeps.add(millis);
    now += millis * 1_000_000;
  }

  /** The durations of all sleeps, in milliseconds. */
  public synchronized List<Long> sleeps() {
    return List.copyOf(sleeps);
  }
}
