package org.irisgraph.source;

import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;

/**
 * Beam's counters of documents; their names are read by dashboards, see {@code docs/scaling.md}.
 */
public final class DocumentCounters {

  public static final String NAMESPACE = "org.irisgraph.pipeline.IndexingPipeline";

  private DocumentCounters() {}

  /** The counter {@code documents.NAME}. */
  public static Counter of(String name) {
    return Metrics.counter(NAMESPACE, "documents." + name);
  }
}
