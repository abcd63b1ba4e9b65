package org.irisgraph.pipeline;

import org.apache.beam.sdk.transforms.ParDo;
import org.irisgraph.embed.MiniLm;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.graphrag.GraphTables;

/** The stage of the flow that embeds texts, for benchmarks. */
public final class EmbeddingStage {

  private EmbeddingStage() {}

  public static ParDo.SingleOutput<DocumentGraph, DocumentGraph> of(MiniLm model) {
    return ParDo.of(new EmbedTextFn(model, new TextEmbedding(GraphTables.of("RAG"), "benchmark")));
  }
}
