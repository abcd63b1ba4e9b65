package org.irisgraph.pipeline;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.irisgraph.embed.EmbeddingModel;
import org.irisgraph.embed.EmbeddingSource;
import org.irisgraph.endpoint.ModelException;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.jdbc.WorkerDatabase;
import org.irisgraph.llmcache.CompletionCacheTables;
import org.irisgraph.llmcache.DatabaseCompletionCache;
import org.irisgraph.plan.RunPlan;
import org.joda.time.Duration;
import org.jspecify.annotations.Nullable;

/** Adds vectors to a batch of documents, with a model behind an endpoint. */
final class AskEmbeddingModelFn extends DoFn<KV<Integer, Iterable<DocumentGraph>>, DocumentGraph> {

  private final EmbeddingSource source;
  private final TextEmbedding embedding;
  private final String runId;
  private final CompletionCacheTables cache;
  private final WorkerDatabase database;
  private transient @Nullable EmbeddingModel model;

  AskEmbeddingModelFn(RunPlan plan, EmbeddingSource source, TextEmbedding embedding) {
    this.source = source;
    this.embedding = embedding;
    this.runId = plan.ledger().runId();
    this.cache = new CompletionCacheTables(plan.options().getLedgerSchema());
    this.database =
        new WorkerDatabase(
            plan.connection(), Duration.standardSeconds(plan.options().getRetrySeconds()));
  }

  @Setup
  public void setup() {
    database.open();
    model =
        source.open(
            new DatabaseCompletionCache(cache, database.get(), runId, database.retryFor()), false);
  }

  @ProcessElement
  public void processElement(
      @Element KV<Integer, Iterable<DocumentGraph>> batch, OutputReceiver<DocumentGraph> output)
      throws ModelException, InterruptedException {
    if (!embedding.isStopped()) {
      List<DocumentGraph> graphs = new ArrayList<>();
      batch.getValue().forEach(graphs::add);
      embedding.embed(graphs, requireNonNull(model)).forEach(output::output);
    }
  }

  @Teardown
  public void teardown() {
    if (model != null) {
      model.close();
      model = null;
    }
    database.close();
  }
}
