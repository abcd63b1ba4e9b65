package org.irisgraph.extract.setup;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.irisgraph.extract.llm.ModelSettings;

/**
 * What to extract, and with what.
 *
 * @param extractors the extractors' names, at least one, none twice; the order decides between
 *     mentions that overlap and are equally long and sure
 * @param dictionary where the dictionary is, as in {@code pipelines/dictionaries/diseases.tsv};
 *     empty if there is none
 * @param patterns where the patterns are; empty if there are none
 * @param relationPatterns where the patterns of relations are; empty if there are none
 * @param nameModel where the model of {@code opennlp} is; empty for the one that is shipped
 * @param maxRelationshipsPerSentence how many pairs of one sentence are linked, 0 or more
 * @param model what a language model is asked for; null if none is asked
 */
public record ExtractionSettings(
    List<String> extractors,
    String dictionary,
    String patterns,
    String relationPatterns,
    String nameModel,
    int maxRelationshipsPerSentence,
    ModelSettings model)
    implements Serializable {

  /** All files that are named, and an empty name for each that is not. */
  public List<String> files() {
    return List.of(
        dictionary,
        patterns,
        relationPatterns,
        nameModel,
        model == null ? "" : model.instructions());
  }

  /** Without a language model. */
  public ExtractionSettings(
      List<String> extractors,
      String dictionary,
      String patterns,
      String relationPatterns,
      String nameModel,
      int maxRelationshipsPerSentence) {
    this(
        extractors,
        dictionary,
        patterns,
        relationPatterns,
        nameModel,
        maxRelationshipsPerSentence,
        null);
  }

  public ExtractionSettings {
    extractors = List.copyOf(extractors);
    Objects.requireNonNull(dictionary, "dictionary");
    Objects.requireNonNull(patterns, "patterns");
    Objects.requireNonNull(relationPatterns, "relationPatterns");
    Objects.requireNonNull(nameModel, "nameModel");
    if (extractors.isEmpty()) {
      throw new IllegalArgumentException("extractors must name at least one extractor");
    }
    if (extractors.stream().distinct().count() < extractors.size()) {
      throw new IllegalArgumentException(
          "extractors must not name an extractor twice: " + String.join(",", extractors));
    }
    if (maxRelationshipsPerSentence < 0) {
      throw new IllegalArgumentException("maxRelationshipsPerSentence must be 0 or more");
    }
  }
}
