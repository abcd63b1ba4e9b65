package org.irisgraph.plan;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.irisgraph.base.ErrorText;
import org.irisgraph.extract.DictionaryExtractor;
import org.irisgraph.extract.PatternExtractor;
import org.irisgraph.extract.onnx.OnnxExtractor;
import org.irisgraph.extract.onnx.OnnxSettings;
import org.irisgraph.extract.setup.Extractors;
import org.irisgraph.extract.setup.NameModels;
import org.irisgraph.graph.NodeRule;
import org.irisgraph.onnx.OnnxLibraries;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.RunnerKind;
import org.jspecify.annotations.Nullable;

/** Checks the names of the extractors and that the files they need exist. */
final class ExtractionRules {

  private ExtractionRules() {}

  static void check(IndexingOptions options, List<String> problems) {
    List<String> extractors = options.getExtractors();
    if (extractors.isEmpty()) {
      problems.add("nothing to extract with: set dictionary or patterns, or extractors=ner");
    }
    Set<String> distinct = new HashSet<>();
    for (String extractor : extractors) {
      if (!Extractors.KNOWN.contains(extractor)) {
        problems.add(
            "extractors must be of %s, not \"%s\""
                .formatted(String.join(", ", Extractors.KNOWN), extractor));
      } else if (!distinct.add(extractor)) {
        problems.add("extractors must not name \"%s\" twice".formatted(extractor));
      }
    }
    checkNodeRules(options.getNodeRules(), problems);
    checkNeeded(
        DictionaryExtractor.NAME, "dictionary", options.getDictionary(), extractors, problems);
    checkNeeded(PatternExtractor.NAME, "patterns", options.getPatterns(), extractors, problems);
    FileRules.checkFile("nameModel", options.getNameModel(), problems);
    checkNames(options, problems);
    checkOnnx(options, problems);
    FileRules.checkFile("relationPatterns", options.getRelationPatterns(), problems);
    FileRules.checkFile("llmPrompt", options.getLlmPrompt(), problems);
  }

  private static void checkNames(IndexingOptions options, List<String> problems) {
    List<String> names = options.getNames();
    if (names == null) {
      return;
    }
    if (options.getNameModel() != null) {
      problems.add("names and nameModel are both set: name the file in names");
    }
    List<String> models = NameModels.of(names);
    if (models.isEmpty() || models.stream().distinct().count() < models.size()) {
      problems.add("names must name at least one model, and none twice");
    }
    for (String file : NameModels.files(models)) {
      if (!file.contains("/") && !file.contains(".")) {
        problems.add(
            "names must be of biomedical, general, both or a file, not \"%s\"".formatted(file));
      } else {
        FileRules.checkFile("names", file, problems);
      }
    }
  }

  private static void checkOnnx(IndexingOptions options, List<String> problems) {
    if (!options.getExtractors().contains(OnnxExtractor.NAME)) {
      return;
    }
    if (options.getOnnxModel() == null) {
      problems.add(
          "onnxModel is not set, but extractors has onnx: name the model's folder with"
              + " --onnxModel");
    }
    if (!RunnerKind.isRemoteFlink(options) && !OnnxLibraries.areShipped()) {
      problems.add(
          "this program cannot run models of onnxModel: build it with mvn package -P%s"
              .formatted(OnnxLibraries.PROFILE));
    }
    try {
      OnnxSettings onnx = Extraction.onnx(options);
      if (onnx != null) {
        onnx.files().forEach(file -> FileRules.checkFile("onnxModel", file, problems));
      }
    } catch (IllegalArgumentException e) {
      problems.add(ErrorText.of(e));
    }
  }

  private static void checkNodeRules(List<String> rules, List<String> problems) {
    try {
      NodeRule.of(rules);
    } catch (IllegalArgumentException e) {
      problems.add(ErrorText.of(e));
    }
  }

  private static void checkNeeded(
      String extractor,
      String option,
      @Nullable String file,
      List<String> extractors,
      List<String> problems) {
    if (file == null && extractors.contains(extractor)) {
      problems.add(
          "%s is not set, but extractors has %s: name its file with --%s"
              .formatted(option, extractor, option));
    }
    FileRules.checkFile(option, file, problems);
  }
}
