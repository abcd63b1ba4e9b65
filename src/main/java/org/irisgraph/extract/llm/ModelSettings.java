package org.irisgraph.extract.llm;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * What a language model is asked for, as the settings say it.
 *
 * @param model the model's name at its endpoint
 * @param instructions where the instructions are; empty for those that come with the program
 * @param entityTypes the types of entities, in capitals, at least one
 * @param relationTypes the types of relationships, as in {@code treats}; none if empty
 * @param tokensPerCall what a call may have: instructions, documents and answer together
 */
public record ModelSettings(
    String model,
    String instructions,
    List<String> entityTypes,
    List<String> relationTypes,
    int tokensPerCall)
    implements Serializable {

  public ModelSettings {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(instructions, "instructions");
    entityTypes = List.copyOf(entityTypes);
    relationTypes = List.copyOf(relationTypes);
  }
}
