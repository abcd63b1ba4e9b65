package org.irisgraph.pipeline;

import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.irisgraph.linked.CorrectedRows;

/** Beam's counters of the rows of the linked graph that were corrected. */
public final class LinkingCounters {

  private static final String NODES_WRITTEN = "nodes.written";
  private static final String NODES_DELETED = "nodes.deleted";
  private static final String EDGES_WRITTEN = "edges.written";
  private static final String EDGES_DELETED = "edges.deleted";
  private static final String SAME_AS_WRITTEN = "same_as.written";
  private static final String SAME_AS_DELETED = "same_as.deleted";
  private static final String PUBLISHED_WRITTEN = "published.written";
  private static final String PUBLISHED_DELETED = "published.deleted";

  private LinkingCounters() {}

  static void count(CorrectedRows rows) {
    add(NODES_WRITTEN, rows.nodesWritten());
    add(NODES_DELETED, rows.nodesDeleted());
    add(EDGES_WRITTEN, rows.edgesWritten());
    add(EDGES_DELETED, rows.edgesDeleted());
    add(SAME_AS_WRITTEN, rows.sameAsWritten());
    add(SAME_AS_DELETED, rows.sameAsDeleted());
    add(PUBLISHED_WRITTEN, rows.publishedWritten());
    add(PUBLISHED_DELETED, rows.publishedDeleted());
  }

  private static void add(String name, long rows) {
    Metrics.counter(LinkGraph.class, name).inc(rows);
  }

  /** What the workers of a pipeline that has ended have counted. */
  public static CorrectedRows of(PipelineResult result) {
    Map<String, Long> counters = new HashMap<>();
    for (MetricResult<Long> counter :
        result
            .metrics()
            .queryMetrics(
                MetricsFilter.builder()
                    .addNameFilter(MetricNameFilter.inNamespace(LinkGraph.class))
                    .build())
            .getCounters()) {
      counters.merge(counter.getName().getName(), counter.getAttempted(), Long::sum);
    }
    return new CorrectedRows(
        counters.getOrDefault(NODES_WRITTEN, 0L),
        counters.getOrDefault(NODES_DELETED, 0L),
        counters.getOrDefault(EDGES_WRITTEN, 0L),
        counters.getOrDefault(EDGES_DELETED, 0L),
        counters.getOrDefault(SAME_AS_WRITTEN, 0L),
        counters.getOrDefault(SAME_AS_DELETED, 0L),
        counters.getOrDefault(PUBLISHED_WRITTEN, 0L),
        counters.getOrDefault(PUBLISHED_DELETED, 0L));
  }
}
