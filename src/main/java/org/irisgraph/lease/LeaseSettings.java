package org.irisgraph.lease;

import java.io.Serializable;
import java.util.Objects;

/**
 * The settings of a run's lease.
 *
 * @param table {@code SCHEMA.IndexingLease}
 * @param pipeline the pipeline, of which only one run writes at a time
 * @param runId the run that holds the lease
 * @param millis how long the lease lasts without a renewal; it is renewed three times as often
 */
public record LeaseSettings(String table, String pipeline, String runId, long millis)
    implements Serializable {

  public LeaseSettings {
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(pipeline, "pipeline");
    Objects.requireNonNull(runId, "runId");
    if (millis < 1) {
      throw new IllegalArgumentException("a lease must last at least 1 ms");
    }
  }
}
