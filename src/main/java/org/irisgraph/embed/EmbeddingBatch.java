package org.irisgraph.embed;

import com.fasterxml.jackson.databind.node.BinaryNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.irisgraph.endpoint.CallFailure;
import org.irisgraph.endpoint.CompletionCache;
import org.irisgraph.endpoint.CompletionCache.KeptAnswer;
import org.irisgraph.endpoint.CompletionCache.PaidCall;
import org.irisgraph.endpoint.DroppedItemCounts;
import org.irisgraph.endpoint.EndpointThreads;
import org.irisgraph.endpoint.ModelException;
import org.irisgraph.endpoint.RetryingClient;
import org.irisgraph.endpoint.RunningCalls;
import org.irisgraph.endpoint.Sha256;
import org.irisgraph.endpoint.TokenCounter;
import org.irisgraph.endpoint.TokenUsage;
import org.irisgraph.graph.Embedding;
import org.jspecify.annotations.Nullable;

/**
 * Gets the vectors for a batch of texts, from the cache or from the model. A request that is
 * refused because of its texts is sent in halves, one on which the server fails text by text; a
 * text that is alone and too long is cut to its first half. Thus a vector depends on its text
 * alone, whatever texts it was sent with.
 */
final class EmbeddingBatch {

  /** A model that does not take so few characters will not take half of them. */
  private static final int FEW_CHARACTERS = 40;

  private static final DroppedItemCounts NONE_DROPPED = new DroppedItemCounts(0, 0, 0);

  private final EmbeddingSettings settings;
  private final String identity;
  private final RetryingClient<List<String>, EmbeddingReply> client;
  private final CompletionCache cache;
  private final BooleanSupplier stopped;
  private final RunningCalls<Outcome> calls;
  private final Map<String, TextVector> results = new HashMap<>();

  EmbeddingBatch(
      EmbeddingSettings settings,
      String identity,
      EndpointThreads<List<String>, EmbeddingReply> threads,
      CompletionCache cache,
      BooleanSupplier stopped) {
    this.settings = settings;
    this.identity = identity;
    this.client = threads.client();
    this.cache = cache;
    this.stopped = stopped;
    this.calls = new RunningCalls<>(threads);
  }

  /**
   * A text to send.
   *
   * @param key under which its vector is kept, also if it is cut further
   */
  private record Part(String key, String text) {}

  /** How a call ended; one of reply and failure is null. */
  private record Outcome(
      List<Part> parts,
      @Nullable EmbeddingReply reply,
      @Nullable CallFailure failure,
      long millis) {}

  Map<String, TextVector> run(Collection<String> texts)
      throws ModelException, InterruptedException {
    Map<String, String> keys = new LinkedHashMap<>();
    Map<String, Part> parts = new LinkedHashMap<>();
    for (String text : texts) {
      String start = start(text, settings.maxCharacters());
      String key = Sha256.of(identity, start);
      keys.put(text, key);
      parts.put(key, new Part(key, start));
    }
    settle(cache.find(parts.keySet()));
    parts.keySet().removeAll(results.keySet());
    // Servers pad the texts of a request to the longest.
    List<Part> sorted =
        parts.values().stream()
            .sorted(Comparator.comparingInt(part -> part.text().length()))
            .toList();
    submit(sorted, settings.batchTexts());
    try {
      while (!calls.isEmpty() && !stopped.getAsBoolean()) {
        Optional<Outcome> done = calls.poll();
        if (done.isPresent()) {
          process(done.get());
        }
      }
    } finally {
      for (Outcome paid : calls.cancel()) {
        keep(paid);
      }
    }
    Map<String, TextVector> vectors = new HashMap<>();
    keys.forEach(
        (text, key) -> {
          TextVector result = results.get(key);
          if (result != null) {
            vectors.put(text, result);
          }
        });
    return vectors;
  }

  /** The first characters of a text, without half of a pair. */
  private static String start(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    return text.substring(0, Character.isLowSurrogate(text.charAt(most)) ? most - 1 : most);
  }

  /**
   * @param size most texts of a request
   */
  private void submit(List<Part> parts, int size) {
    for (int from = 0; from < parts.size(); from += size) {
      submit(parts.subList(from, Math.min(parts.size(), from + size)));
    }
  }

  private void submit(List<Part> parts) {
    calls.submit(
        () -> {
          long start = System.nanoTime();
          EmbeddingReply reply = null;
          CallFailure failure = null;
          try {
            reply = client.send(parts.stream().map(Part::text).toList());
          } catch (CallFailure e) {
            failure = e;
          }
          return new Outcome(
              parts, reply, failure, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
        });
  }

  private void process(Outcome outcome) throws ModelException, InterruptedException {
    keep(outcome);
    CallFailure failure = outcome.failure();
    if (failure == null) {
      return;
    }
    List<Part> parts = outcome.parts();
    Part first = parts.get(0);
    if (parts.size() > 1) {
      // A server that fails was waited for until the time for retries was spent: halves would wait
      // as long at each level.
      submit(parts, failure.kind() == CallFailure.Kind.TRANSIENT ? 1 : (parts.size() + 1) / 2);
    } else if (failure.kind() == CallFailure.Kind.TOO_LONG
        && first.text().length() > FEW_CHARACTERS) {
      submit(List.of(new Part(first.key(), start(first.text(), first.text().length() / 2))));
    } else {
      results.put(first.key(), TextVector.failed(failure.code(), failure.getMessage()));
    }
  }

  /** Stores the vectors of a call first, so that they are not paid for again after a crash. */
  private void keep(Outcome outcome) throws ModelException, InterruptedException {
    EmbeddingReply reply = outcome.reply();
    if (reply == null) {
      return;
    }
    Map<String, KeptAnswer> answers = new LinkedHashMap<>();
    for (int i = 0; i < outcome.parts().size(); i++) {
      answers.put(
          outcome.parts().get(i).key(), new KeptAnswer(json(reply.vectors().get(i)), NONE_DROPPED));
    }
    TokenUsage usage =
        reply.promptTokens() >= 0
            ? new TokenUsage(reply.promptTokens(), 0, false)
            : new TokenUsage(
                outcome.parts().stream().mapToLong(part -> TokenCounter.count(part.text())).sum(),
                0,
                true);
    settle(
        cache.keep(
            new PaidCall(
                settings.model(), outcome.parts().size(), usage, outcome.millis(), answers)));
  }

  private void settle(Map<String, String> kept) {
    kept.forEach((key, json) -> results.put(key, TextVector.of(vector(json))));
  }

  /** The base64 of little-endian floats, as a JSON string. */
  private static String json(Embedding vector) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * vector.dimension()).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < vector.dimension(); i++) {
      bytes.putFloat(vector.get(i));
    }
    return BinaryNode.valueOf(bytes.array()).toString();
  }

  private static Embedding vector(String json) {
    return new Embedding(
        EmbeddingReply.floats(Base64.getDecoder().decode(json.substring(1, json.length() - 1))));
  }
}
