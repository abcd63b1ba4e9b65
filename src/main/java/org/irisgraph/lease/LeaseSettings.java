package org.irisgraph.lease;

import java.io.Serializable;
import java.util.Objects;

/**
 * The lease that a run asks for.
 *
 * @param table {@code SCHEMA.IndexingLease}
 * @param pipeline of which only one run writes at a time
 * @param runId the run that is to hold it
 * @param millis how long it lasts without a renewal; it is renewed three times as often
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
