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
import org.irisgraph.graphrag.GraphTables;
import org.irisgraph.runner.StopRequests;
import org.irisgraph.source.DocumentCounters;

/** Adds vectors to documents; reports a document whose text the model does not embed. */
final class TextEmbedding implements Serializable {

  private final boolean inPlace;
  private final boolean entities;
  private final boolean relationships;
  private final String runId;
  private final Counter failed = DocumentCounters.of("failed");

  /** For the tables that the vectors are written to. */
  TextEmbedding(GraphTables tables, String runId) {
    // The text is stored already and can be dropped.
    this.inPlace = tables.isInPlace();
    this.entities = tables.hasEntityVectors();
    this.relationships = tables.hasRelationshipVectors();
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
    List<List<String>> texts =
        graphs.stream().map(graph -> graph.isFailed() ? List.<String>of() : texts(graph)).toList();
    Map<String, TextVector> vectors =
        model.embed(texts.stream().flatMap(List::stream).toList(), this::isStopped);
    List<DocumentGraph> embedded = new ArrayList<>();
    for (int i = 0; i < graphs.size(); i++) {
      DocumentGraph graph = graphs.get(i);
      if (graph.isFailed()) {
        embedded.add(graph);
      } else if (vectors.keySet().containsAll(texts.get(i))) {
        embedded.add(embedded(graph, texts.get(i), vectors));
      }
    }
    return embedded;
  }

  /** Of the text or its passages, of the entities, and of the relationships. */
  private List<String> texts(DocumentGraph graph) {
    List<String> texts = new ArrayList<>(graph.embeddedTexts());
    if (entities) {
      graph.entities().forEach(entity -> texts.add(entity.name()));
    }
    if (relationships) {
      texts.addAll(graph.statements());
    }
    return texts;
  }

  private DocumentGraph embedded(
      DocumentGraph graph, List<String> texts, Map<String, TextVector> vectors) {
    List<Embedding> found = new ArrayList<>();
    for (String text : texts) {
      TextVector result = requireNonNull(vectors.get(text));
      if (result.vector() == null) {
        failed.inc();
        return DocumentGraph.failed(
            graph.requireDocumentId(),
            graph.origin(),
            graph.contentHash(),
            requireNonNull(result.failure()));
      }
      found.add(result.vector());
    }
    int ofTexts = graph.embeddedTexts().size();
    int ofEntities = ofTexts + (entities ? graph.entities().size() : 0);
    DocumentGraph.Builder embedded =
        graph.withEmbeddings(found.subList(0, ofTexts)).toBuilder()
            .setEntityEmbeddings(List.copyOf(found.subList(ofTexts, ofEntities)))
            .setRelationshipEmbeddings(List.copyOf(found.subList(ofEntities, found.size())));
    return (inPlace ? embedded.setText("") : embedded).build();
  }
}
