package org.irisgraph.report;

import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.DistributionResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricQueryResults;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.irisgraph.iris.IrisIO;
import org.irisgraph.source.DocumentCounters;
import org.jspecify.annotations.Nullable;

/**
 * Figures of the workers, read from Beam's metrics after the flow has ended; unknown if the runner
 * does not report them.
 */
public record WorkerMetrics(
    BatchFigures batches,
    StatementFigures statements,
    Times times,
    @Nullable Long foreignReplaced,
    @Nullable Long held) {

  /**
   * Milliseconds, summed over the workers; each null if unknown.
   *
   * @param reading input, without the steps after it
   * @param waiting for a free connection, another writer's batch, or a database that is away
   * @param storing batches, without waiting
   */
  public record Times(@Nullable Long reading, @Nullable Long waiting, @Nullable Long storing) {

    static final Times UNKNOWN = new Times(null, null, null);
  }

  /** The metrics of a flow that did not run. */
  public static final WorkerMetrics NOTHING =
      new WorkerMetrics(BatchFigures.UNKNOWN, StatementFigures.UNKNOWN, Times.UNKNOWN, 0L, 0L);

  public static WorkerMetrics unknown() {
    return new WorkerMetrics(
        BatchFigures.UNKNOWN, StatementFigures.UNKNOWN, Times.UNKNOWN, null, null);
  }

  public static WorkerMetrics of(PipelineResult result) {
    MetricQueryResults metrics;
    try {
      metrics =
          result
              .metrics()
              .queryMetrics(
                  MetricsFilter.builder()
                      .addNameFilter(MetricNameFilter.inNamespace(IrisIO.class))
                      .addNameFilter(MetricNameFilter.inNamespace(DocumentCounters.NAMESPACE))
                      .build());
    } catch (UnsupportedOperationException e) {
      return unknown();
    }
    Map<String, Long> counters = new HashMap<>();
    for (MetricResult<Long> counter : metrics.getCounters()) {
      counters.merge(counter.getName().getName(), figure(counter), Long::sum);
    }
    Map<String, DistributionResult> distributions = new HashMap<>();
    for (MetricResult<DistributionResult> distribution : metrics.getDistributions()) {
      DistributionResult figures = figure(distribution);
      // Without values the mean is NaN.
      if (figures.getCount() > 0) {
        distributions.put(distribution.getName().getName(), figures);
      }
    }
    long committed = counters.getOrDefault("batches.committed", 0L);
    return new WorkerMetrics(
        new BatchFigures(
            committed,
            counters.getOrDefault("batches.retried", 0L),
            counters.getOrDefault("batches.isolated", 0L),
            counters.getOrDefault("batches.fallbacks", 0L),
            sizes(distributions)),
        new StatementFigures(counters.getOrDefault("statements", 0L), committed),
        new Times(
            counters.getOrDefault("documents.reading.micros", 0L) / 1_000,
            counters.getOrDefault("batches.waiting.micros", 0L) / 1_000,
            counters.getOrDefault("batches.storing.micros", 0L) / 1_000),
        counters.getOrDefault("rows.foreign.replaced", 0L),
        counters.getOrDefault("rows.foreign.held", 0L));
  }

  private static BatchFigures.Sizes sizes(Map<String, DistributionResult> distributions) {
    DistributionResult rows = distributions.get("batch.rows");
    DistributionResult millis = distributions.get("batch.millis");
    return rows == null || millis == null
        ? BatchFigures.Sizes.UNKNOWN
        : new BatchFigures.Sizes(
            rows.getMin(), rows.getMax(), rows.getMean(), millis.getMean(), millis.getMax());
  }

  /** The same, plus what another flow of the run did to rows of other tools. */
  public WorkerMetrics withForeignRowsOf(WorkerMetrics other) {
    return new WorkerMetrics(
        batches,
        statements,
        times,
        sum(foreignReplaced, other.foreignReplaced),
        sum(held, other.held));
  }

  private static @Nullable Long sum(@Nullable Long a, @Nullable Long b) {
    return a == null || b == null ? null : Long.valueOf(a + b);
  }

  /**
   * The committed value if the runner reports it (the Direct runner, whose attempted values may
   * lack the last bundles), else the attempted one.
   */
  private static <T> T figure(MetricResult<T> metric) {
    T committed = metric.getCommittedOrNull();
    return committed == null ? metric.getAttempted() : committed;
  }
}
