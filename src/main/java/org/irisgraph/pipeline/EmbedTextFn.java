package org.irisgraph.pipeline;

import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.irisgraph.embed.EmbeddingModel;
import org.irisgraph.embed.EmbeddingSource;
import org.irisgraph.endpoint.CompletionCache;
import org.irisgraph.endpoint.ModelException;
import org.irisgraph.graph.DocumentGraph;
import org.jspecify.annotations.Nullable;

/** Adds the vector of its text to each document, with a model in this JVM. */
final class EmbedTextFn extends DoFn<DocumentGraph, DocumentGraph> {

  private final EmbeddingSource source;
  private final TextEmbedding embedding;
  private transient @Nullable EmbeddingModel model;

  EmbedTextFn(EmbeddingSource source, TextEmbedding embedding) {
    this.source = source;
    this.embedding = embedding;
  }

  @ProcessElement
  public void processElement(@Element DocumentGraph graph, OutputReceiver<DocumentGraph> output)
      throws ModelException, InterruptedException {
    if (graph.isFailed()) {
      output.output(graph);
    } else if (!embedding.isStopped()) {
      embedding.embed(List.of(graph), model()).forEach(output::output);
    }
  }

  /** Loaded for the first document: a run over an unchanged corpus needs no model. */
  private EmbeddingModel model() {
    EmbeddingModel loaded = model;
    if (loaded == null) {
      loaded = source.open(CompletionCache.NONE, false);
      model = loaded;
    }
    return loaded;
  }

  @Teardown
  public void teardown() {
    if (model != null) {
      model.close();
      model = null;
    }
  }
}
