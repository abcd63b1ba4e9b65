package org.irisgraph.run;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.irisgraph.endpoint.TokenCounter;
import org.irisgraph.extract.Passages;
import org.irisgraph.graph.ContentHash;
import org.irisgraph.graph.Passage;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.plan.EmbeddingPlan;
import org.jspecify.annotations.Nullable;

/**
 * What an embedding model behind an endpoint would read of texts. It may be too high: vectors that
 * were paid for before are kept by the model's dimension, for which it would have to be asked.
 */
final class VectorEstimate {

  private final IndexingOptions options;
  private final @Nullable Passages passages;

  /** The first 64 bits of the hash of each text: enough to distinguish texts, and small. */
  private final Set<Long> seen = new HashSet<>();

  private long tokens;

  VectorEstimate(IndexingOptions options) {
    this.options = options;
    this.passages = options.getPassages().of(options);
  }

  /** Adds a document's text, or its passages. */
  void add(String text) {
    List<Passage> parts = passages == null ? List.of() : passages.of(text);
    if (parts.isEmpty()) {
      addPart(text);
    }
    parts.forEach(part -> addPart(text.substring(part.start(), part.end())));
  }

  private void addPart(String text) {
    String sent = text.substring(0, Math.min(text.length(), options.getEmbeddingMaxCharacters()));
    if (seen.add(Long.parseUnsignedLong(ContentHash.of(sent).substring(0, 16), 16))) {
      tokens += TokenCounter.count(sent);
    }
  }

  /** Three lines. */
  @Override
  public String toString() {
    int most = options.getEmbeddingBatchTexts();
    Double cost = EmbeddingPlan.cost(options, tokens);
    return String.format(
        Locale.ROOT,
        """
        vectors       %,d from %s, calls about %,d
        their tokens  about %,d, less for texts embedded before
        their cost    %s
        """,
        seen.size(),
        options.getEmbeddingModel(),
        (seen.size() + most - 1) / most,
        tokens,
        cost == null
            ? "set embeddingPrice, for a million tokens"
            : String.format(Locale.ROOT, "about %,.4f", cost));
  }
}
