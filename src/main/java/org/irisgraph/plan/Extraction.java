package org.irisgraph.plan;

import java.util.List;
import java.util.Objects;
import org.irisgraph.extract.ner.NerExtractor;
import org.irisgraph.extract.onnx.OnnxExtractor;
import org.irisgraph.extract.onnx.OnnxSettings;
import org.irisgraph.extract.setup.ExtractionSettings;
import org.irisgraph.extract.setup.Extractors;
import org.irisgraph.extract.setup.NameModels;
import org.irisgraph.graph.NodeRule;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.LinkEntities;
import org.jspecify.annotations.Nullable;

/**
 * The extractors of a run.
 *
 * @param settings what the options ask for; the workers load it themselves
 * @param extractors the same, loaded by the launcher: gives the fingerprint of the run, and keeps
 *     the dictionary in memory that workers in this JVM share
 * @param files the launcher's files that travel with the job to workers elsewhere
 * @param chosenNames the models of names, if the settings leave them open and a run has chosen
 */
public record Extraction(
    ExtractionSettings settings,
    Extractors extractors,
    ShippedFiles files,
    @Nullable ChosenNames chosenNames) {

  /** The same with the reason why it has these models of names. */
  public Extraction chosen(ChosenNames names) {
    return new Extraction(settings, extractors, files, names);
  }

  /** The settings of extraction among the options; nothing is loaded yet. */
  public static ExtractionSettings settings(IndexingOptions options) {
    return ExtractionSettings.builder(options.getExtractors())
        .dictionary(Objects.requireNonNullElse(options.getDictionary(), ""))
        .greekNames(options.isGreekNames())
        .patterns(Objects.requireNonNullElse(options.getPatterns(), ""))
        .relationPatterns(Objects.requireNonNullElse(options.getRelationPatterns(), ""))
        .nameModels(nameModels(options))
        .maxRelationshipsPerSentence(options.getMaxRelationshipsPerSentence())
        .linksEntities(options.getLinkEntities() != LinkEntities.NONE)
        .evidence(options.getEvidence())
        .embeddings(EmbeddingPlan.formerModels(options))
        .passages(options.getPassages().of(options))
        .hasSameAs(options.getLinkEntities() == LinkEntities.SAME_AS)
        .nodeRules(NodeRule.of(options.getNodeRules()))
        .onnx(onnx(options))
        .model(ModelPlan.settings(options))
        .build();
  }

  /** The model of the extractor onnx; null if it is not among the extractors. */
  public static @Nullable OnnxSettings onnx(IndexingOptions options) {
    String location = options.getOnnxModel();
    return location == null || !options.getExtractors().contains(OnnxExtractor.NAME)
        ? null
        : new OnnxSettings(
            location,
            OnnxSettings.types(Objects.requireNonNullElse(options.getOnnxTypes(), List.of())),
            options.getOnnxMinConfidence());
  }

  /** Whether the models of names are to be chosen by the documents. */
  public static boolean choosesNames(IndexingOptions options) {
    return options.getNames() == null && options.getNameModel() == null && usesNames(options);
  }

  /** Whether the extractor ner is among those that the options name. */
  public static boolean usesNames(IndexingOptions options) {
    return options.getExtractors().contains(NerExtractor.NAME)
        || options.getExtractors().contains(NerExtractor.RECORDED_NAME);
  }

  /** The models of the extractor ner; the biomedical one while they are open. */
  public static List<String> nameModels(IndexingOptions options) {
    List<String> names = options.getNames();
    if (names != null) {
      return NameModels.of(names);
    }
    return List.of(Objects.requireNonNullElse(options.getNameModel(), NameModels.BIOMEDICAL));
  }
}
