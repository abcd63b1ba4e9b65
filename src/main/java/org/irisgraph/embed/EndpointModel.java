package org.irisgraph.embed;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.irisgraph.endpoint.ApiKey;
import org.irisgraph.endpoint.CallFailure;
import org.irisgraph.endpoint.CompletionCache;
import org.irisgraph.endpoint.Endpoint;
import org.irisgraph.endpoint.EndpointThreads;
import org.irisgraph.endpoint.ModelException;
import org.irisgraph.endpoint.Sleeper;

/**
 * An embedding model behind an OpenAI-compatible endpoint. All models of one endpoint in a JVM
 * share its limits.
 *
 * @param key where its key is found
 * @param expected the numbers that each vector must have; 0 for any
 */
public record EndpointModel(Endpoint endpoint, ApiKey key, EmbeddingSettings settings, int expected)
    implements EmbeddingSource {

  /** Changes with each change that gives other vectors. */
  private static final int VERSION = 1;

  /** A model that gives vectors of any dimension. */
  public EndpointModel(Endpoint endpoint, ApiKey key, EmbeddingSettings settings) {
    this(endpoint, key, settings, 0);
  }

  @Override
  public String identity() {
    return String.format(
        Locale.ROOT,
        "endpoint %d %s %d %d",
        VERSION,
        settings.model(),
        settings.dimensions(),
        settings.maxCharacters());
  }

  @Override
  public String label() {
    return settings.model() + " at " + endpoint.url();
  }

  @Override
  public int dimension() throws ModelException, InterruptedException {
    try (EndpointThreads<List<String>, EmbeddingReply> threads = threads(Sleeper.SYSTEM)) {
      return threads.client().sendFirst(EmbeddingProtocol.PROBE).vectors().get(0).dimension();
    } catch (CallFailure e) {
      throw new ModelException.Configuration(
          "the embedding model %s gives no vector: %s".formatted(label(), e.getMessage()));
    }
  }

  @Override
  public EndpointModel ofDimension(int dimension) {
    return new EndpointModel(endpoint, key, settings, dimension);
  }

  @Override
  public EmbeddingModel open(CompletionCache cache, boolean parallel) {
    return open(cache, Sleeper.SYSTEM);
  }

  EmbeddingModel open(CompletionCache cache, Sleeper sleeper) {
    EndpointThreads<List<String>, EmbeddingReply> threads = threads(sleeper);
    return new EmbeddingModel() {
      @Override
      public Map<String, TextVector> embed(Collection<String> texts, BooleanSupplier stopped)
          throws ModelException, InterruptedException {
        // The endpoint may have another model by the same name since the vectors were kept.
        String kept = identity() + " of " + expected;
        return new EmbeddingBatch(settings, kept, threads, cache, stopped).run(texts);
      }

      @Override
      public void close() {
        threads.close();
      }
    };
  }

  private EndpointThreads<List<String>, EmbeddingReply> threads(Sleeper sleeper) {
    return EndpointThreads.acquire(
        endpoint,
        key,
        new EmbeddingProtocol(settings.model(), settings.dimensions(), expected),
        sleeper);
  }
}
