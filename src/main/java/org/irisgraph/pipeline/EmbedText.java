package org.irisgraph.pipeline;

import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.irisgraph.embed.EmbeddingSource;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.graphrag.GraphTables;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.plan.EmbeddingPlan;
import org.irisgraph.plan.RunPlan;
import org.irisgraph.source.DocumentGraphCoder;

/**
 * Adds the vector of its text to each document: one by one with a model in this JVM, in batches of
 * as many requests as may run at once with a model behind an endpoint.
 */
final class EmbedText extends PTransform<PCollection<DocumentGraph>, PCollection<DocumentGraph>> {

  private final RunPlan plan;
  private final EmbeddingSource source;

  EmbedText(RunPlan plan, EmbeddingSource source) {
    this.plan = plan;
    this.source = source;
  }

  @Override
  public PCollection<DocumentGraph> expand(PCollection<DocumentGraph> graphs) {
    return embedded(graphs).setCoder(new DocumentGraphCoder());
  }

  private PCollection<DocumentGraph> embedded(PCollection<DocumentGraph> graphs) {
    IndexingOptions options = plan.options();
    TextEmbedding embedding = new TextEmbedding(plan.tables(), plan.ledger().runId());
    if (!EmbeddingPlan.isAsked(options)) {
      return graphs.apply(ParDo.of(new EmbedTextFn(source, embedding)));
    }
    long most = options.getMaxBatchBytes();
    // A batch is full by its texts, or by their bytes.
    long least =
        Math.max(1, most / options.getEmbeddingBatchTexts() / options.getEmbeddingConcurrency());
    return graphs
        .apply(
            new GroupByText<>(
                options,
                new DocumentGraphCoder(),
                DocumentGraph::text,
                graph -> Math.max(least, GraphTables.bytes(graph)),
                most))
        .apply("AskEmbeddingModel", ParDo.of(new AskEmbeddingModelFn(plan, source, embedding)));
  }
}
