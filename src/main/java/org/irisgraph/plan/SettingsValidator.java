package org.irisgraph.plan;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.FileSystems;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.KnownOptions;
import org.irisgraph.options.OptionDeclaration;
import org.irisgraph.options.Range;
import org.irisgraph.options.UsageException;
import org.jspecify.annotations.Nullable;

/**
 * Finds everything that is wrong with the options before anything is started. All settings are
 * judged here, by one class of rules for each topic; other code may rely on what it finds good.
 */
public final class SettingsValidator {

  /** The width of the ledger's column. */
  private static final int LONGEST_PIPELINE_NAME = 255;

  /** A key of IRIS has at most about 500 bytes with the names of its table and index. */
  private static final int MOST_BYTES_OF_PIPELINE_NAME = 400;

  private final KnownOptions known;
  private final IndexingOptions options;
  private boolean partOfInput;

  public SettingsValidator(KnownOptions known, IndexingOptions options) {
    this.known = known;
    this.options = options;
  }

  /** What settings are about. */
  public enum Topic {
    SETTINGS,
    INPUT,
    EXTRACTION,
    LANGUAGE_MODEL,
    EMBEDDING_MODEL,
    DATABASE,
    OUTPUT,
    RUNNER
  }

  /** For a run that reads a part of its input, as replay does. */
  public SettingsValidator ofPartOfInput() {
    partOfInput = true;
    return this;
  }

  /**
   * Checks the settings of a run, as far as that is possible without a connection to a database.
   *
   * @throws UsageException with all problems
   */
  public void validate() {
    throwIfAny(problems().values().stream().flatMap(List::stream).toList());
  }

  /**
   * The problems that {@link #validate} reports, by what they are about, in a fixed order; a topic
   * without problems has an empty list.
   */
  public Map<Topic, List<String>> problems() {
    FileSystems.setDefaultPipelineOptions(options);
    Map<Topic, List<String>> problems = new EnumMap<>(Topic.class);
    List<String> settings = list(problems, Topic.SETTINGS);
    checkRanges(settings);
    checkPipeline(settings);
    List<String> input = list(problems, Topic.INPUT);
    if (JdbcInput.isSet(options)) {
      JdbcInputRules.check(options, input);
    } else {
      JdbcInputRules.checkWithoutTable(known, options, input);
      InputRules.check(options, partOfInput, input);
    }
    WatchRules.check(options, input);
    CsvRules.check(options, input);
    ExtractionRules.check(options, list(problems, Topic.EXTRACTION));
    LanguageModelRules.check(options, list(problems, Topic.LANGUAGE_MODEL));
    List<String> embedding = list(problems, Topic.EMBEDDING_MODEL);
    EmbeddingRules.check(options, embedding);
    EmbeddingRules.checkKey(options, embedding);
    List<String> database = list(problems, Topic.DATABASE);
    DatabaseRules.check(options, database);
    LoadRules.check(options, database);
    OutputRules.check(options, list(problems, Topic.OUTPUT));
    RunnerRules.check(options, partOfInput, list(problems, Topic.RUNNER));
    return problems;
  }

  private static List<String> list(Map<Topic, List<String>> problems, Topic topic) {
    List<String> list = new ArrayList<>();
    problems.put(topic, list);
    return list;
  }

  /**
   * Checks the settings of the database alone, for commands that read no input.
   *
   * @throws UsageException with all problems
   */
  public void validateDatabase() {
    throwIfAny(problemsOfDatabase());
  }

  /**
   * Checks the settings of the database alone, for commands that write to it.
   *
   * @throws UsageException with all problems
   */
  public void validateWritableDatabase() {
    List<String> problems = problemsOfDatabase();
    OutputRules.checkDatabase(options, problems);
    throwIfAny(problems);
  }

  private List<String> problemsOfDatabase() {
    List<String> problems = new ArrayList<>();
    checkRanges(problems);
    EmbeddingRules.check(options, problems);
    DatabaseRules.check(options, problems);
    LoadRules.check(options, problems);
    return problems;
  }

  /**
   * Checks the settings of extraction alone, for commands that write to no database.
   *
   * @throws UsageException with all problems
   */
  public void validateExtraction() {
    FileSystems.setDefaultPipelineOptions(options);
    List<String> problems = new ArrayList<>();
    checkRanges(problems);
    ExtractionRules.check(options, problems);
    LanguageModelRules.check(options, problems);
    if (options.isEstimateOnly()) {
      problems.add("estimateOnly is for the command index");
    }
    throwIfAny(problems);
  }

  /**
   * Checks the settings of input and extraction alone, for commands that read the input and write
   * to no database.
   *
   * @throws UsageException with all problems
   */
  public void validateReading() {
    Map<Topic, List<String>> problems = problems();
    throwIfAny(
        Stream.of(Topic.SETTINGS, Topic.INPUT, Topic.EXTRACTION)
            .flatMap(topic -> problems.getOrDefault(topic, List.of()).stream())
            .toList());
  }

  private static void throwIfAny(List<String> problems) {
    if (!problems.isEmpty()) {
      throw new UsageException(problems);
    }
  }

  private void checkRanges(List<String> problems) {
    for (OptionDeclaration option : known.ours()) {
      option
          .range()
          .filter(range -> isOutside(range, (Number) option.get(options)))
          .ifPresent(range -> problems.add(option.outsideRange(range)));
    }
  }

  private static boolean isOutside(Range range, @Nullable Number value) {
    // Not a number is outside, too.
    return value != null
        && !(value.doubleValue() >= range.min() && value.doubleValue() <= range.max());
  }

  private void checkPipeline(List<String> problems) {
    String name = options.getPipeline();
    if (name.isBlank() || name.length() > LONGEST_PIPELINE_NAME) {
      problems.add("pipeline must have 1 to " + LONGEST_PIPELINE_NAME + " characters");
    } else if (name.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES_OF_PIPELINE_NAME) {
      problems.add(
          "pipeline must have at most %d bytes in UTF-8".formatted(MOST_BYTES_OF_PIPELINE_NAME));
    }
  }
}
