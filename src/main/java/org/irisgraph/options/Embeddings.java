package org.irisgraph.options;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;
import org.irisgraph.embed.MiniLm;
import org.jspecify.annotations.Nullable;

/** Which model computes the vectors of texts. */
public enum Embeddings {
  /** No vectors. */
  @JsonProperty("none")
  NONE(null),
  /** all-MiniLM-L6-v2 with 8-bit weights. */
  @JsonProperty("minilm")
  MINILM(MiniLm.QUANTISED),
  /** all-MiniLM-L6-v2 as published. */
  @JsonProperty("minilm_full")
  MINILM_FULL(MiniLm.FULL),
  /** A model behind an endpoint. */
  @JsonProperty("endpoint")
  ENDPOINT(null);

  private final @Nullable MiniLm model;

  Embeddings(@Nullable MiniLm model) {
    this.model = model;
  }

  /** The model in this JVM; empty for another one, or none. */
  public Optional<MiniLm> model() {
    return Optional.ofNullable(model);
  }
}
