package org.irisgraph.check;

import java.util.OptionalInt;
import java.util.function.Consumer;
import org.irisgraph.base.ErrorText;
import org.irisgraph.embed.EmbeddingSource;
import org.irisgraph.endpoint.ModelException;

/** Asks the embedding model for the vector of a few words. */
final class EmbeddingCheck {

  static final String TOPIC = "embedding model";

  private final EmbeddingSource source;

  EmbeddingCheck(EmbeddingSource source) {
    this.source = source;
  }

  /** The numbers in a vector; empty if the model gives none. */
  OptionalInt run(Consumer<Finding> findings) throws InterruptedException {
    try {
      int dimension = source.dimension();
      findings.accept(
          Finding.good(
              TOPIC, "%s gives vectors of %d numbers".formatted(source.label(), dimension)));
      return OptionalInt.of(dimension);
    } catch (ModelException e) {
      findings.accept(Finding.problem(TOPIC, ErrorText.of(e)));
      return OptionalInt.empty();
    }
  }
}
