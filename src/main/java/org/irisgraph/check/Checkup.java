package org.irisgraph.check;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import org.irisgraph.base.ErrorText;
import org.irisgraph.embed.EmbeddingSource;
import org.irisgraph.extract.DictionaryExtractor;
import org.irisgraph.extract.PatternExtractor;
import org.irisgraph.extract.ner.NerExtractor;
import org.irisgraph.extract.onnx.OnnxExtractor;
import org.irisgraph.extract.setup.Extractors;
import org.irisgraph.extract.setup.NameModels;
import org.irisgraph.files.FileSystemLoader;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.KnownOptions;
import org.irisgraph.options.UsageException;
import org.irisgraph.plan.EmbeddingPlan;
import org.irisgraph.plan.Extraction;
import org.irisgraph.plan.ModelPlan;
import org.irisgraph.plan.SettingsValidator;
import org.irisgraph.plan.SettingsValidator.Topic;
import org.irisgraph.run.ExtractionLoader;
import org.irisgraph.run.RunnerChoice;

/**
 * Finds out whether a run with some options can work, by the code with which the run itself finds
 * out, and without changing anything.
 */
public final class Checkup {

  private static final String EXTRACTION = "extraction";

  private static final int MAX_NAMES = 12;

  private final KnownOptions known;
  private final IndexingOptions options;

  public Checkup(KnownOptions known, IndexingOptions options) {
    this.known = known;
    this.options = options;
  }

  /** A problem of settings that cannot be read. */
  public static Finding unreadable(String problem) {
    return Finding.problem(label(Topic.SETTINGS), problem);
  }

  /** Gives the findings as they are made. */
  public void run(Consumer<Finding> findings) throws InterruptedException {
    Optional<String> chosen = RunnerChoice.choose(options);
    Map<Topic, List<String>> problems = new SettingsValidator(known, options).problems();
    problems.forEach(
        (topic, messages) ->
            messages.forEach(message -> findings.accept(Finding.problem(label(topic), message))));
    if (problems.values().stream().allMatch(List::isEmpty)) {
      findings.accept(
          Finding.good(
              label(Topic.SETTINGS), "pipeline %s: no problem".formatted(options.getPipeline())));
    }
    new InputCheck(options).run(findings);
    if (isGood(problems, Topic.EXTRACTION) && isGood(problems, Topic.LANGUAGE_MODEL)) {
      checkExtractors(findings);
    }
    if (isGood(problems, Topic.LANGUAGE_MODEL) && ModelPlan.isAsked(options)) {
      new ModelCheck(options).run(findings);
    }
    OptionalInt dimension = OptionalInt.empty();
    Optional<EmbeddingSource> embedding =
        isGood(problems, Topic.EMBEDDING_MODEL) ? EmbeddingPlan.source(options) : Optional.empty();
    if (embedding.isPresent()) {
      dimension = new EmbeddingCheck(embedding.get()).run(findings);
    }
    if (isGood(problems, Topic.DATABASE)) {
      new DatabaseCheck(options, dimension).run(findings);
    }
    if (isGood(problems, Topic.RUNNER)) {
      new RunnerCheck(options).run(chosen, findings);
    }
  }

  private static boolean isGood(Map<Topic, List<String>> problems, Topic topic) {
    return problems.getOrDefault(topic, List.of()).isEmpty();
  }

  private void checkExtractors(Consumer<Finding> findings) {
    try {
      Extraction extraction = ExtractionLoader.load(options);
      for (String extractor : extraction.settings().extractors()) {
        findings.accept(Finding.good(EXTRACTION, describe(extractor, extraction)));
      }
      if (options.getRelationPatterns() != null) {
        checkTypes(extraction, findings);
      }
    } catch (UsageException e) {
      e.problems().forEach(problem -> findings.accept(Finding.problem(EXTRACTION, problem)));
    } catch (IOException e) {
      findings.accept(Finding.problem(EXTRACTION, ErrorText.of(e)));
    }
  }

  /** A misspelt type is no error of the file: only the extractors know which there are. */
  private void checkTypes(Extraction extraction, Consumer<Finding> findings) throws IOException {
    // Models that the documents are to choose are among the bundled ones.
    Extractors extractors =
        Extraction.choosesNames(options)
            ? Extractors.load(
                extraction.settings().withNameModels(NameModels.of(List.of(NameModels.BOTH))),
                new FileSystemLoader())
            : extraction.extractors();
    Set<String> types = extractors.types().orElse(Set.of());
    extractors
        .unmatchedPatterns()
        .forEach(
            (type, patterns) ->
                findings.accept(
                    Finding.warning(
                        EXTRACTION,
                        "relationPatterns %s: no extractor finds the type %s, so that these patterns never match: %s; the types are %s"
                            .formatted(
                                options.getRelationPatterns(),
                                type,
                                list(patterns),
                                list(types)))));
  }

  private static String list(Collection<String> names) {
    return names.stream().limit(MAX_NAMES).collect(joining(", "))
        + (names.size() > MAX_NAMES ? " …" : "");
  }

  private static String describe(String extractor, Extraction extraction) {
    return switch (extractor) {
      case DictionaryExtractor.NAME ->
          String.format(
              Locale.ROOT,
              "%s %s has %,d terms",
              extractor,
              extraction.settings().dictionary(),
              extraction.extractors().dictionaryTerms().orElse(0));
      case PatternExtractor.NAME -> "%s %s".formatted(extractor, extraction.settings().patterns());
      case OnnxExtractor.NAME ->
          extraction
              .extractors()
              .onnx()
              .map(
                  onnx ->
                      "%s finds %s, and reads %d tokens at once"
                          .formatted(
                              extractor,
                              String.join(", ", onnx.types().orElseThrow()),
                              onnx.longestWindow()))
              .orElse(extractor);
      case NerExtractor.RECORDED_NAME -> NerExtractor.NAME;
      default -> extractor;
    };
  }

  private static String label(Topic topic) {
    return topic.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
