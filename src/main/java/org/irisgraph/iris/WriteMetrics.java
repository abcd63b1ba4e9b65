package org.irisgraph.iris;

import java.io.Serializable;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Distribution;
import org.apache.beam.sdk.metrics.Metrics;
import org.irisgraph.iris.batch.BatchMetrics;
import org.irisgraph.iris.batch.BatchResult;
import org.irisgraph.iris.spec.RejectedRow;

/** Counts the results of batches in Beam's metrics, in the namespace of {@link IrisIO}. */
final class WriteMetrics implements Serializable {

  private final Counter transactions = counter("batches.committed");
  private final Counter retries = counter("batches.retried");
  private final Counter isolations = counter("batches.isolated");
  private final Counter fallbacks = counter("batches.fallbacks");
  private final Counter storing = counter("batches.storing.micros");
  private final Counter waiting = counter("batches.waiting.micros");
  private final Counter statements = counter("statements");
  private final Counter foreignReplaced = counter("rows.foreign.replaced");
  private final Counter held = counter("rows.foreign.held");
  private final Distribution rowsOfBatch = Metrics.distribution(IrisIO.class, "batch.rows");
  private final Distribution millisOfBatch = Metrics.distribution(IrisIO.class, "batch.millis");

  void count(BatchResult<?> result) {
    BatchMetrics metrics = result.metrics();
    transactions.inc(metrics.transactions());
    retries.inc(metrics.retries());
    isolations.inc(metrics.isolations());
    fallbacks.inc(metrics.fallbacks());
    storing.inc(Math.round((metrics.millis() - metrics.waitedMillis()) * 1000));
    waitedMicros(Math.round(metrics.waitedMillis() * 1000));
    statements.inc(metrics.statements());
    foreignReplaced.inc(metrics.foreignReplaced());
    held.inc(metrics.held());
    result.committedRows().forEach((table, rows) -> counter("rows.committed." + table).inc(rows));
    for (RejectedRow row : result.rejected()) {
      // The outcome table refuses elements, which belong to no table.
      counter(row.table().isEmpty() ? "elements.refused" : "rows.rejected." + row.table()).inc();
    }
    if (metrics.transactions() > 0) {
      rowsOfBatch.update(
          metrics.rows(), metrics.transactions(), metrics.minRows(), metrics.maxRows());
      millisOfBatch.update(Math.round(metrics.millis() / metrics.transactions()));
    }
  }

  /** Counts the time that a batch waited before it was stored. */
  void waitedMicros(long micros) {
    waiting.inc(micros);
  }

  private static Counter counter(String name) {
    return Metrics.counter(IrisIO.class, name);
  }
}
