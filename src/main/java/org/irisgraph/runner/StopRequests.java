package org.irisgraph.runner;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The runs that are to stop early. Their workers in this JVM pass over what is still to be read and
 * extracted; what is on its way to the database is stored, so that a run ends between batches. What
 * was passed over is in no table and no ledger: the next run goes on with it.
 */
public final class StopRequests {

  /** When the runs begin to pass things over, by the clock of {@link System#nanoTime}. */
  private static final Map<String, Long> RUNS = new ConcurrentHashMap<>();

  private StopRequests() {}

  /**
   * Asks a run to stop.
   *
   * @param grace how long it may still work on what it has begun to read
   */
  public static void add(String runId, Duration grace) {
    RUNS.putIfAbsent(runId, System.nanoTime() + grace.toNanos());
  }

  /** Whether the run is to begin with nothing more. */
  public static boolean isAsked(String runId) {
    return RUNS.containsKey(runId);
  }

  /** Whether the run is to pass over whatever it has not stored. */
  public static boolean contains(String runId) {
    Long end = RUNS.get(runId);
    return end != null && System.nanoTime() - end >= 0;
  }
}
