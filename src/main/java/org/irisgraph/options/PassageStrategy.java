package org.irisgraph.options;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.irisgraph.extract.Passages;
import org.jspecify.annotations.Nullable;

/** Which parts of texts are stored beside them. */
public enum PassageStrategy {
  /** None. */
  @JsonProperty("none")
  NONE,
  /** Parts of whole sentences. */
  @JsonProperty("sentences")
  SENTENCES;

  /** How texts are divided; null if they are not. */
  public @Nullable Passages of(StoringOptions options) {
    return this == NONE
        ? null
        : new Passages(options.getPassageSize(), options.getPassageOverlap());
  }
}
