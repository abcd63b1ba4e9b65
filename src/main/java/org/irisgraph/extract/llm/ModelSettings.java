package org.irisgraph.extract.llm;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * What to request from a language model.
 *
 * @param model name of the model at its endpoint
 * @param instructions location of the instructions; empty for the bundled ones
 * @param entityTypes types of entities in capitals, at least one
 * @param relationTypes types of relationships, as in {@code treats}; may be empty
 * @param tokensPerCall limit for the instructions, documents and answer of a call together
 * @param extraBody a JSON object with further fields of a request, or empty
 */
public record ModelSettings(
    String model,
    String instructions,
    List<String> entityTypes,
    List<String> relationTypes,
    int tokensPerCall,
    String extraBody)
    implements Serializable {

  public ModelSettings {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(instructions, "instructions");
    Objects.requireNonNull(extraBody, "extraBody");
    entityTypes = List.copyOf(entityTypes);
    relationTypes = List.copyOf(relationTypes);
  }
}
