package org.irisgraph.pipeline;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.metrics.Counter;
import org.irisgraph.embed.EmbeddingModel;
import org.irisgraph.embed.TextVector;
import org.irisgraph.endpoint.ModelException;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.graph.Embedding;
import org.irisgraph.runner.StopRequests;
import org.irisgraph.source.DocumentCounters;

/** Adds vectors to documents; reports a document whose text the model does not embed. */
final class TextEmbedding implements Serializable {

  private final boolean inPlace;
  private final String runId;
  private final Counter failed = DocumentCounters.of("failed");

  /**
   * @param inPlace whether the text is stored already and can be dropped
   */
  TextEmbedding(boolean inPlace, String runId) {
    this.inPlace = inPlace;
    this.runId = runId;
  }

  /** Whether the run is asked to stop. */
  boolean isStopped() {
    return StopRequests.contains(runId);
  }

  /**
   * The documents with their vectors, and those that had failed before. A document that is given up
   * is missing: it is not in the ledger, so the next run extracts it.
   */
  List<DocumentGraph> embed(List<DocumentGraph> graphs, EmbeddingModel model)
      throws ModelException, InterruptedException {
    Map<String, TextVector> vectors =
        model.embed(
            graphs.stream()
                .filter(graph -> !graph.isFailed())
                .flatMap(graph -> graph.embeddedTexts().stream())
                .toList(),
            this::isStopped);
    List<DocumentGraph> embedded = new ArrayList<>();
    for (DocumentGraph graph : graphs) {
      if (graph.isFailed()) {
        embedded.add(graph);
      } else if (vectors.keySet().containsAll(graph.embeddedTexts())) {
        embedded.add(embedded(graph, vectors));
      }
    }
    return embedded;
  }

  private DocumentGraph embedded(DocumentGraph graph, Map<String, TextVector> vectors) {
    List<Embedding> found = new ArrayList<>();
    for (String text : graph.embeddedTexts()) {
      TextVector result = requireNonNull(vectors.get(text));
      if (result.vector() == null) {
        failed.inc();
        return DocumentGraph.failed(
            graph.documentId(), graph.origin(), requireNonNull(result.failure()));
      }
      found.add(result.vector());
    }
    DocumentGraph embedded = graph.withEmbeddings(found);
    return inPlace ? embedded.toBuilder().setText("").build() : embedded;
  }
}
