package org.irisgraph.embed;

import org.irisgraph.graph.Embedding;
import org.irisgraph.graph.Failure;
import org.jspecify.annotations.Nullable;

/**
 * The vector of a text, or the reason why there is none; one of them is null.
 *
 * @param vector of length 1
 */
public record TextVector(@Nullable Embedding vector, @Nullable Failure failure) {

  static TextVector of(Embedding vector) {
    return new TextVector(vector, null);
  }

  static TextVector failed(String code, String message) {
    return new TextVector(null, new Failure(Failure.Stage.EXTRACT, code, message));
  }
}
