package org.irisgraph.embed;

import java.io.Serializable;
import java.util.Objects;

/**
 * What an embedding model behind an endpoint is sent.
 *
 * @param model its name at the endpoint
 * @param dimensions the numbers to request for each vector; 0 for the model's own
 * @param maxCharacters where texts are cut, in UTF-16 units
 * @param batchTexts most texts of a request
 */
public record EmbeddingSettings(String model, int dimensions, int maxCharacters, int batchTexts)
    implements Serializable {

  public EmbeddingSettings {
    Objects.requireNonNull(model, "model");
  }
}
