package org.irisgraph.runner;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The runs of this JVM that were asked to stop early. Their workers skip what is still to be read
 * and extracted; documents in flight are stored, so that a run ends between batches. Skipped
 * documents are in no table and no ledger: the next run reads them.
 */
public final class StopRequests {

  /** By run id, when its workers begin to skip, by the clock of {@link System#nanoTime}. */
  private static final Map<String, Long> RUNS = new ConcurrentHashMap<>();

  private StopRequests() {}

  /**
   * Requests a run to stop.
   *
   * @param grace how long it may still work on what it has begun to read
   */
  public static void add(String runId, Duration grace) {
    RUNS.putIfAbsent(runId, System.nanoTime() + grace.toNanos());
  }

  /** Forgets a run that has ended. */
  public static void remove(String runId) {
    RUNS.remove(runId);
  }

  /** Whether the run must not start anything new. */
  public static boolean isAsked(String runId) {
    return RUNS.containsKey(runId);
  }

  /** Whether the run must skip everything not stored yet: its grace period is over. */
  public static boolean contains(String runId) {
    Long end = RUNS.get(runId);
    return end != null && System.nanoTime() - end >= 0;
  }
}
