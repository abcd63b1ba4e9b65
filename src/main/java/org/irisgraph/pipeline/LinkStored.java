package org.irisgraph.pipeline;

import java.util.Optional;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupIntoBatches;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SimpleFunction;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.irisgraph.embed.EmbeddingSource;
import org.irisgraph.endpoint.ModelException;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.jdbc.WorkerDatabase;
import org.irisgraph.linked.CorrectedRows;
import org.irisgraph.linked.LinkedGraph;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.plan.RunPlan;
import org.irisgraph.runner.StopRequests;
import org.joda.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the linked graph up to date every few seconds while documents are stored, for runs that do
 * not end. What is stored is seen in the tables, so that one worker does it, whatever it receives.
 * After many changes it sums up portions of the nodes on the connections of the JVM that no writer
 * is using, but for one.
 */
public final class LinkStored extends PTransform<PCollection<DocumentGraph>, PDone> {

  private static final Duration INTERVAL = Duration.standardSeconds(5);

  /** From so many documents on it is not waited for, so that the buffer stays small. */
  private static final int DOCUMENTS = 5_000;

  private final WorkerDatabase database;
  private final Optional<EmbeddingSource> embedding;
  private final String runId;
  private final int portion;

  /** For the database of a run. */
  public LinkStored(RunPlan plan) {
    this(plan, LinkedGraph.ENTITIES);
  }

  /** In portions of about so many entities. */
  LinkStored(RunPlan plan, int portion) {
    this.portion = portion;
    this.embedding = plan.embedding();
    this.runId = plan.ledger().runId();
    this.database =
        new WorkerDatabase(
            plan.connection(), Duration.standardSeconds(plan.options().getRetrySeconds()));
  }

  @Override
  public PDone expand(PCollection<DocumentGraph> stored) {
    stored
        .apply("Stored", MapElements.via(new ToOneKey()))
        .setCoder(KvCoder.of(VarIntCoder.of(), VarIntCoder.of()))
        .apply(
            "EveryFewSeconds",
            GroupIntoBatches.<Integer, Integer>ofSize(DOCUMENTS).withMaxBufferingDuration(INTERVAL))
        .apply("Link", ParDo.of(new LinkFn(database, embedding.orElse(null), runId, portion)));
    return PDone.in(stored.getPipeline());
  }

  private static final class ToOneKey extends SimpleFunction<DocumentGraph, KV<Integer, Integer>> {
    @Override
    public KV<Integer, Integer> apply(DocumentGraph graph) {
      return KV.of(0, 0);
    }
  }

  static final class LinkFn extends DoFn<KV<Integer, Iterable<Integer>>, Void> {

    private static final Logger LOG = LoggerFactory.getLogger(LinkStored.class);

    private final WorkerDatabase database;
    private final @Nullable EmbeddingSource embedding;
    private final String runId;
    private final int portion;

    LinkFn(
        WorkerDatabase database, @Nullable EmbeddingSource embedding, String runId, int portion) {
      this.portion = portion;
      this.database = database;
      this.embedding = embedding;
      this.runId = runId;
    }

    @Setup
    public void setup() {
      database.open();
    }

    @ProcessElement
    public void processElement(PipelineOptions pipelineOptions)
        throws StoreException, ModelException, InterruptedException {
      IndexingOptions options = pipelineOptions.as(IndexingOptions.class);
      LinkedGraph graph =
          RunPlan.linkedGraph(options)
              .orElseThrow()
              .inPortionsOf(portion)
              .alsoOn(database.settings().writers() - 1, database::transactionsIfFree);
      CorrectedRows changes = database.transactions(graph::update);
      LOG.debug("linked the entities of documents: {}", changes);
      if (embedding != null && !changes.isEmpty()) {
        NodeEmbedding.run(options, embedding, runId, () -> StopRequests.contains(runId));
      }
    }

    @Teardown
    public void teardown() {
      database.close();
    }
  }
}
