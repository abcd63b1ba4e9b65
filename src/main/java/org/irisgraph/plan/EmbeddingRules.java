package org.irisgraph.plan;

import java.util.List;
import org.irisgraph.endpoint.Service;
import org.irisgraph.options.Embeddings;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.RunnerKind;
import org.irisgraph.options.VectorIndexKind;

/** Checks the options of the model that computes vectors, if there is one. */
final class EmbeddingRules {

  private EmbeddingRules() {}

  static void check(IndexingOptions options, List<String> problems) {
    options
        .getEmbeddings()
        .model()
        .filter(model -> !RunnerKind.isRemoteFlink(options) && !model.isShipped())
        .ifPresent(
            model ->
                problems.add(
                    "this program has no embedding model %s: build it with mvn package -P%s, or choose another with embeddings"
                        .formatted(model.file(), model.profile())));
    if (options.getVectorIndex() != VectorIndexKind.NONE
        && options.getEmbeddings() == Embeddings.NONE) {
      problems.add("vectorIndex is for runs that store vectors: set embeddings, or remove it");
    }
    if (EmbeddingPlan.isAsked(options)) {
      EndpointRules rules = new EndpointRules(Service.EMBEDDING_MODEL, problems);
      rules.checkUrl(options.getEmbeddingUrl(), "embeddings is endpoint");
      rules.checkModel(options.getEmbeddingModel());
      rules.checkPrice("Price", options.getEmbeddingPrice());
      rules.checkProxies();
    }
  }

  /** The key, which commands that only read the database do not need. */
  static void checkKey(IndexingOptions options, List<String> problems) {
    if (EmbeddingPlan.isAsked(options)) {
      new EndpointRules(Service.EMBEDDING_MODEL, problems)
          .checkKey(options.getEmbeddingApiKeyFrom());
    }
  }
}
