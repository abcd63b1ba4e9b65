package org.irisgraph.pipeline;

import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.irisgraph.embed.EmbeddingSource;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.iris.spec.CommitGuard;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.LauncherConnection;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.ledger.IndexingRuns;
import org.irisgraph.ledger.LedgerReader;
import org.irisgraph.ledger.LedgerReconciler;
import org.irisgraph.ledger.LedgerSettings;
import org.irisgraph.ledger.RunTotals;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.plan.RunPlan;
import org.joda.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finishes a detached run: once all documents are stored, a worker reconciles the ledger, all bring
 * the linked graph up to date, and one ends the run, as {@code IndexingJob} does for an attached
 * run.
 */
public final class ReconcileLedger extends PTransform<PCollection<DocumentGraph>, PDone> {

  private static final Logger LOG = LoggerFactory.getLogger(ReconcileLedger.class);

  private final RunPlan plan;

  public ReconcileLedger(RunPlan plan) {
    this.plan = plan;
  }

  @Override
  public PDone expand(PCollection<DocumentGraph> stored) {
    RunEnd end =
        new RunEnd(
            plan.connection(),
            plan.ledger(),
            Duration.standardSeconds(plan.options().getRetrySeconds()));
    PCollection<Long> reviewed =
        stored
            .apply("Stored", MapElements.into(TypeDescriptors.integers()).via(graph -> 0))
            // Fires once, at the end of the global window, even without documents.
            .apply("AtTheEnd", Count.globally())
            .apply("ReviewLedger", ParDo.of(new ReviewFn(end, plan.lease().guard())));
    PCollection<Long> linked =
        plan.tables().linked().isPresent() ? reviewed.apply("Link", new LinkGraph(plan)) : reviewed;
    linked.apply("EndRun", ParDo.of(new EndRunFn(end, plan.embedding().orElse(null))));
    return PDone.in(stored.getPipeline());
  }

  /** The database of the run, and its ledger. */
  private record RunEnd(ConnectionSettings settings, LedgerSettings ledger, Duration retryFor)
      implements Serializable {

    LauncherConnection open() throws StoreException, InterruptedException {
      Database.closeIdle(settings);
      return LauncherConnection.openPatiently(settings, retryFor);
    }
  }

  static final class ReviewFn extends DoFn<Long, Long> {

    private final RunEnd end;
    private final CommitGuard guard;

    ReviewFn(RunEnd end, CommitGuard guard) {
      this.end = end;
      this.guard = guard;
    }

    @Setup
    public void setup() {
      guard.open();
    }

    @Teardown
    public void teardown() {
      guard.close();
    }

    @ProcessElement
    public void processElement(
        @Element Long documents, PipelineOptions options, OutputReceiver<Long> output)
        throws Exception {
      LedgerSettings ledger = end.ledger();
      try (LauncherConnection opened = end.open()) {
        Connection connection = opened.get();
        new LedgerReconciler(ledger, options.as(IndexingOptions.class).getBatchRows(), guard)
            .review(connection);
        RunTotals totals = new LedgerReader(ledger).totals(connection);
        LOG.info("run {} of {}: {}", ledger.runId(), ledger.pipeline(), totals.documents());
      }
      output.output(documents);
    }
  }

  private static final class EndRunFn extends DoFn<Long, Void> {

    private final RunEnd end;
    private final @Nullable EmbeddingSource embedding;

    EndRunFn(RunEnd end, @Nullable EmbeddingSource embedding) {
      this.end = end;
      this.embedding = embedding;
    }

    @ProcessElement
    public void processElement(PipelineOptions pipelineOptions) throws Exception {
      IndexingOptions options = pipelineOptions.as(IndexingOptions.class);
      if (embedding != null) {
        NodeEmbedding.run(options, embedding, end.ledger().runId(), () -> false);
      }
      try (LauncherConnection opened = end.open()) {
        endRecord(opened.get(), options);
      }
    }

    /** The run is complete without it. */
    private void endRecord(Connection connection, IndexingOptions options) {
      LedgerSettings ledger = end.ledger();
      IndexingRuns runs = RunPlan.runs(options);
      try {
        if (runs.exist(connection)) {
          RunTotals totals = new LedgerReader(ledger).totals(connection);
          RunTotals.Documents documents = totals.documents();
          boolean isWhole = documents.indexed() + documents.unchanged() == totals.read();
          Map<String, @Nullable Object> values = IndexingRuns.counts(totals);
          // From the submission on: what the launcher knows of the flow is gone.
          runs.find(connection, ledger.runId())
              .ifPresent(
                  run ->
                      values.put(
                          "run_millis",
                          System.currentTimeMillis() - run.time().startedAt().getTime()));
          runs.end(connection, ledger.runId(), isWhole ? "succeeded" : "partial", values);
        }
      } catch (SQLException e) {
        LOG.warn("the table of runs does not show the end of the run", e);
      }
    }
  }
}
