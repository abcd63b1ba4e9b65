package org.irisgraph.plan;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
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
    FileSystems.setDefaultPipelineOptions(options);
    List<String> problems = new ArrayList<>();
    checkRanges(problems);
    checkPipeline(problems);
    if (JdbcInput.isSet(options)) {
      JdbcInputRules.check(options, problems);
    } else {
      JdbcInputRules.checkWithoutTable(known, options, problems);
      InputRules.check(options, partOfInput, problems);
    }
    ExtractionRules.check(options, problems);
    DatabaseRules.check(options, problems);
    LoadRules.check(options, problems);
    WatchRules.check(options, problems);
    CsvRules.check(options, problems);
    LanguageModelRules.check(options, problems);
    OutputRules.check(options, problems);
    RunnerRules.check(options, partOfInput, problems);
    throwIfAny(problems);
  }

  /**
   * Checks the settings of the database alone, for commands that read no input.
   *
   * @throws UsageException with all problems
   */
  public void validateDatabase() {
    List<String> problems = new ArrayList<>();
    checkRanges(problems);
    DatabaseRules.check(options, problems);
    LoadRules.check(options, problems);
    throwIfAny(problems);
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
