package org.irisgraph.pipeline;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The runs that are to stop early. Their workers in this JVM pass over what is still to be read and
 * extracted; what is on its way to the database is stored, so that a run ends between batches. What
 * was passed over is in no table and no ledger: the next run goes on with it.
 */
final class StopRequests {

  private static final Set<String> RUNS = ConcurrentHashMap.newKeySet();

  private StopRequests() {}

  static void add(String runId) {
    RUNS.add(runId);
  }

  static boolean contains(String runId) {
    return RUNS.contains(runId);
  }
}
