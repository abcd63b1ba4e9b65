package org.irisgraph.pipeline;

import org.apache.beam.sdk.transforms.DoFn;
import org.irisgraph.embed.MiniLm;
import org.irisgraph.embed.SentenceModel;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.runner.StopRequests;
import org.jspecify.annotations.Nullable;

/** Adds the vector of its text to each document. */
final class EmbedTextFn extends DoFn<DocumentGraph, DocumentGraph> {

  private final MiniLm form;
  private final boolean inPlace;
  private final String runId;
  private transient @Nullable SentenceModel model;

  /**
   * @param inPlace whether the text is stored already and can be dropped
   */
  EmbedTextFn(MiniLm form, boolean inPlace, String runId) {
    this.form = form;
    this.inPlace = inPlace;
    this.runId = runId;
  }

  @ProcessElement
  public void processElement(@Element DocumentGraph graph, OutputReceiver<DocumentGraph> output) {
    if (graph.isFailed()) {
      output.output(graph);
    } else if (!StopRequests.contains(runId)) {
      DocumentGraph embedded =
          graph.withEmbeddings(graph.embeddedTexts().stream().map(model()::embed).toList());
      output.output(inPlace ? embedded.toBuilder().setText("").build() : embedded);
    }
  }

  /** Loaded for the first document: a run over an unchanged corpus needs no model. */
  private SentenceModel model() {
    SentenceModel loaded = model;
    if (loaded == null) {
      loaded = SentenceModel.acquire(form);
      model = loaded;
    }
    return loaded;
  }

  @Teardown
  public void teardown() {
    if (model != null) {
      SentenceModel.release(form);
      model = null;
    }
  }
}
