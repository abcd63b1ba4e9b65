package org.irisgraph.extract.setup;

import com.google.auto.value.AutoValue;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.irisgraph.extract.Passages;
import org.irisgraph.extract.llm.ModelSettings;
import org.irisgraph.extract.ner.NerExtractor;
import org.irisgraph.extract.onnx.OnnxSettings;
import org.irisgraph.graph.NodeRule;
import org.jspecify.annotations.Nullable;

/** What to extract, and with which files. File locations are empty if they are not set. */
@AutoValue
public abstract class ExtractionSettings implements Serializable {

  /**
   * The recorded names of the extractors: at least one, all different. Their order decides between
   * overlapping mentions of equal length and confidence.
   */
  public abstract List<String> extractors();

  /** Location of the dictionary, as in {@code pipelines/dictionaries/diseases.tsv}. */
  public abstract String dictionary();

  /** Whether a Greek letter and its name are the same in the dictionary's terms. */
  public abstract boolean greekNames();

  /** Location of the patterns. */
  public abstract String patterns();

  /** Location of the relation patterns. */
  public abstract String relationPatterns();

  /** {@link NameModels} of the extractor {@code ner}: at least one. */
  public abstract List<String> nameModels();

  /** Maximum number of pairs that are linked for a sentence, 0 or more. */
  public abstract int maxRelationshipsPerSentence();

  /** Whether the nodes of entities are stored. */
  public abstract boolean linksEntities();

  /** Whether entities of different documents are also linked by relationships. */
  public abstract boolean hasSameAs();

  /** Whether the places of mentions and the sentences that state relationships are stored. */
  public abstract boolean evidence();

  /** Embedding models, which were settings of extraction in earlier versions. */
  public abstract List<String> embeddings();

  /** How texts are divided; null if they are not. */
  public abstract @Nullable Passages passages();

  /** Which names of entities are names of one node. */
  public abstract Set<NodeRule> nodeRules();

  /** The model of the extractor {@code onnx}; null if it is not used. */
  public abstract @Nullable OnnxSettings onnx();

  /** What to request from a language model; null if none is used. */
  public abstract @Nullable ModelSettings model();

  /** All file locations, including empty ones. */
  public List<String> files() {
    ModelSettings model = model();
    List<String> files = new ArrayList<>(NameModels.files(nameModels()));
    OnnxSettings onnx = onnx();
    if (onnx != null) {
      files.addAll(onnx.files());
    }
    files.add(dictionary());
    files.add(patterns());
    files.add(relationPatterns());
    files.add(model == null ? "" : model.instructions());
    return files;
  }

  /**
   * Starts settings without files.
   *
   * @param extractors names as in the option {@code extractors}; {@code ner} and {@code opennlp}
   *     are the same extractor
   */
  public static Builder builder(List<String> extractors) {
    List<String> recorded =
        extractors.stream()
            .map(name -> name.equals(NerExtractor.NAME) ? NerExtractor.RECORDED_NAME : name)
            .toList();
    if (recorded.isEmpty()) {
      throw new IllegalArgumentException("extractors must name at least one extractor");
    }
    if (recorded.stream().distinct().count() < recorded.size()) {
      throw new IllegalArgumentException(
          "extractors must not name an extractor twice (%s and %s are the same): %s"
              .formatted(
                  NerExtractor.NAME, NerExtractor.RECORDED_NAME, String.join(",", extractors)));
    }
    return new AutoValue_ExtractionSettings.Builder()
        .extractors(recorded)
        .dictionary("")
        .greekNames(false)
        .patterns("")
        .relationPatterns("")
        .nameModels(List.of(NameModels.BIOMEDICAL))
        .linksEntities(false)
        .evidence(false)
        .embeddings(List.of())
        .hasSameAs(false)
        .nodeRules(EnumSet.allOf(NodeRule.class));
  }

  /** The same with other models of names. */
  public ExtractionSettings withNameModels(List<String> models) {
    return toBuilder().nameModels(models).build();
  }

  abstract Builder toBuilder();

  /** Sets the files and limits. */
  @AutoValue.Builder
  public abstract static class Builder {

    abstract Builder extractors(List<String> names);

    public abstract Builder dictionary(String location);

    public abstract Builder greekNames(boolean greekNames);

    public abstract Builder patterns(String location);

    public abstract Builder relationPatterns(String location);

    public abstract Builder nameModels(List<String> models);

    public abstract Builder maxRelationshipsPerSentence(int pairs);

    public abstract Builder linksEntities(boolean links);

    public abstract Builder evidence(boolean evidence);

    public abstract Builder embeddings(List<String> identities);

    public abstract Builder passages(@Nullable Passages passages);

    public abstract Builder hasSameAs(boolean links);

    public abstract Builder nodeRules(Set<NodeRule> rules);

    public abstract Builder onnx(@Nullable OnnxSettings settings);

    public abstract Builder model(@Nullable ModelSettings settings);

    abstract ExtractionSettings autoBuild();

    /**
     * Returns the settings.
     *
     * @throws IllegalArgumentException if a limit is negative
     */
    public ExtractionSettings build() {
      ExtractionSettings settings = autoBuild();
      if (settings.maxRelationshipsPerSentence() < 0) {
        throw new IllegalArgumentException("maxRelationshipsPerSentence must be 0 or more");
      }
      return settings;
    }
  }
}
