package org.irisgraph.plan;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.irisgraph.embed.EmbeddingSettings;
import org.irisgraph.embed.EmbeddingSource;
import org.irisgraph.embed.EndpointModel;
import org.irisgraph.embed.MiniLm;
import org.irisgraph.endpoint.Endpoint;
import org.irisgraph.endpoint.Service;
import org.irisgraph.jdbc.PasswordReference;
import org.irisgraph.options.Embeddings;
import org.irisgraph.options.IndexingOptions;
import org.jspecify.annotations.Nullable;

/** Which model computes the vectors of a run. */
public final class EmbeddingPlan {

  private EmbeddingPlan() {}

  /** Whether vectors come from an endpoint. */
  public static boolean isAsked(IndexingOptions options) {
    return options.getEmbeddings() == Embeddings.ENDPOINT;
  }

  /** What tokens cost by the price in the options; null if there is none. */
  public static @Nullable Double cost(IndexingOptions options, long tokens) {
    Double price = options.getEmbeddingPrice();
    return price == null ? null : tokens * price / 1e6;
  }

  /** What the vectors of a run depend on beside the texts; empty for no vectors. */
  static String identity(IndexingOptions options) {
    return source(options).map(EmbeddingSource::identity).orElse("");
  }

  /** The models that documents of an earlier version may have vectors of, as far as known. */
  static List<String> formerModels(IndexingOptions options) {
    return Stream.concat(Stream.of(MiniLm.values()), source(options).stream())
        .map(EmbeddingSource::identity)
        .distinct()
        .toList();
  }

  /** The model; empty for no vectors. */
  public static Optional<EmbeddingSource> source(IndexingOptions options) {
    return isAsked(options)
        ? Optional.of(
            new EndpointModel(
                new Endpoint(
                    Service.EMBEDDING_MODEL,
                    Objects.requireNonNull(options.getEmbeddingUrl(), "embeddingUrl"),
                    options.getEmbeddingConcurrency(),
                    options.getEmbeddingRequestsPerMinute(),
                    options.getEmbeddingTimeoutSeconds(),
                    options.getRetrySeconds()),
                new ApiKeyReference(PasswordReference.of(options.getEmbeddingApiKeyFrom())),
                new EmbeddingSettings(
                    Objects.requireNonNull(options.getEmbeddingModel(), "embeddingModel"),
                    options.getEmbeddingDimensions(),
                    options.getEmbeddingMaxCharacters(),
                    options.getEmbeddingBatchTexts())))
        : options.getEmbeddings().model().map(model -> model);
  }
}
