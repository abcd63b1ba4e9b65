package org.irisgraph.pipeline;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
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
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.LauncherConnection;
import org.irisgraph.ledger.IndexingRuns;
import org.irisgraph.ledger.LedgerReader;
import org.irisgraph.ledger.LedgerReconciler;
import org.irisgraph.ledger.LedgerSettings;
import org.irisgraph.ledger.RunTotals;
import org.irisgraph.linked.LinkedGraph;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.plan.RunPlan;
import org.joda.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finishes a detached run: once all documents are stored, a worker reconciles the ledger and brings
 * the linked graph up to date, as {@code IndexingJob} does for an attached run.
 */
public final class ReconcileLedger extends PTransform<PCollection<DocumentGraph>, PDone> {

  private final ConnectionSettings connection;
  private final LedgerSettings ledger;
  private final Duration retryFor;
  private final Optional<EmbeddingSource> embedding;

  public ReconcileLedger(RunPlan plan) {
    this.embedding = plan.embedding();
    this.connection = plan.connection();
    this.ledger = plan.ledger();
    this.retryFor = Duration.standardSeconds(plan.options().getRetrySeconds());
  }

  @Override
  public PDone expand(PCollection<DocumentGraph> stored) {
    stored
        .apply("Stored", MapElements.into(TypeDescriptors.integers()).via(graph -> 0))
        // Fires once, at the end of the global window, even without documents.
        .apply("AtTheEnd", Count.globally())
        .apply(
            "ReviewLedger",
            ParDo.of(new ReviewFn(connection, ledger, retryFor, embedding.orElse(null))));
    return PDone.in(stored.getPipeline());
  }

  private static final class ReviewFn extends DoFn<Long, Void> {

    private static final Logger LOG = LoggerFactory.getLogger(ReconcileLedger.class);

    private final ConnectionSettings settings;
    private final LedgerSettings ledger;
    private final Duration retryFor;
    private final @Nullable EmbeddingSource embedding;

    ReviewFn(
        ConnectionSettings settings,
        LedgerSettings ledger,
        Duration retryFor,
        @Nullable EmbeddingSource embedding) {
      this.embedding = embedding;
      this.settings = settings;
      this.ledger = ledger;
      this.retryFor = retryFor;
    }

    @ProcessElement
    public void processElement(PipelineOptions pipelineOptions) throws Exception {
      IndexingOptions options = pipelineOptions.as(IndexingOptions.class);
      Database.closeIdle(settings);
      try (LauncherConnection opened = LauncherConnection.openPatiently(settings, retryFor)) {
        Connection connection = opened.get();
        new LedgerReconciler(ledger, options.getBatchRows()).review(connection);
        RunTotals totals = new LedgerReader(ledger).totals(connection);
        LOG.info("run {} of {}: {}", ledger.runId(), ledger.pipeline(), totals.documents());
        Optional<LinkedGraph> graph = RunPlan.linkedGraph(options);
        if (graph.isPresent()) {
          LOG.info(
              "linked the entities of documents: {}",
              opened.persistently(LinkedGraph.WORK, graph.get()::update));
        }
      }
      if (embedding != null) {
        NodeEmbedding.run(options, embedding, ledger.runId(), () -> false);
      }
      try (LauncherConnection opened = LauncherConnection.openPatiently(settings, retryFor)) {
        endRecord(opened.get(), options);
      }
    }

    /** The run is complete without it. */
    private void endRecord(Connection connection, IndexingOptions options) {
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
