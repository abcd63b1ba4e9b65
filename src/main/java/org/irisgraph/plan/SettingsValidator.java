package org.irisgraph.plan;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.beam.sdk.io.FileSystems;
import org.irisgraph.extract.setup.Extractors;
import org.irisgraph.files.FileSystemProfiles;
import org.irisgraph.files.InputFiles;
import org.irisgraph.files.LocalGlob;
import org.irisgraph.files.OutputPath;
import org.irisgraph.jdbc.Dialects;
import org.irisgraph.jdbc.PasswordReference;
import org.irisgraph.options.DatabaseUrl;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.InsideFlink;
import org.irisgraph.options.KnownOptions;
import org.irisgraph.options.OptionDeclaration;
import org.irisgraph.options.Range;
import org.irisgraph.options.RunnerKind;
import org.irisgraph.options.UsageException;

/** Finds what is wrong with a run's options before anything is started, all of it at once. */
public final class SettingsValidator {

  private static final Pattern SCHEMA = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");

  /** The width of the ledger's column. */
  private static final int LONGEST_PIPELINE_NAME = 255;

  private final KnownOptions known;
  private final IndexingOptions options;
  private final List<String> problems = new ArrayList<>();
  private boolean partOfInput;

  public SettingsValidator(KnownOptions known, IndexingOptions options) {
    this.known = known;
    this.options = options;
  }

  /** For a run that reads a part of its input: what is gone is that run's to report. */
  public SettingsValidator ofPartOfInput() {
    partOfInput = true;
    return this;
  }

  /**
   * Checks everything that can be known without connecting to the database.
   *
   * @throws UsageException with all problems
   */
  public void validate() {
    FileSystems.setDefaultPipelineOptions(options);
    checkRanges();
    checkPipeline();
    checkInput();
    checkExtractors();
    checkSchema("schema", options.getSchema());
    checkSchema("ledgerSchema", options.getLedgerSchema());
    new DatabaseUrl(options.getJdbcUrl()).problem().ifPresent(problems::add);
    checkWriters();
    checkPassword();
    checkDriverProperties();
    problems.addAll(LoadSettings.problems(options));
    problems.addAll(WatchSettings.problems(options));
    problems.addAll(CsvSettings.problems(options));
    problems.addAll(ModelPlan.problems(options));
    checkResource("llmPrompt", options.getLlmPrompt(), false);
    checkOutput();
    checkRunner();
    if (partOfInput && options.isEstimateOnly()) {
      problems.add("estimateOnly is for index, which reads all the input");
    }
    if (partOfInput && options.isDeleteMissing()) {
      problems.add(
          "deleteMissing deletes what a run over all the input did not meet; this one reads a part:"
              + " add --deleteMissing=false");
    }
    if (!problems.isEmpty()) {
      throw new UsageException(problems);
    }
  }

  private void checkRanges() {
    for (OptionDeclaration option : known.ours()) {
      option
          .range()
          .filter(range -> isOutside(range, (Number) option.get(options)))
          .ifPresent(range -> problems.add(option.outsideRange(range)));
    }
  }

  private static boolean isOutside(Range range, Number value) {
    return value.doubleValue() < range.min() || value.doubleValue() > range.max();
  }

  private void checkPipeline() {
    String name = options.getPipeline();
    if (name.isBlank() || name.length() > LONGEST_PIPELINE_NAME) {
      problems.add("pipeline must have 1 to " + LONGEST_PIPELINE_NAME + " characters");
    }
  }

  private void checkInput() {
    if (JdbcInput.isSet(options)) {
      problems.addAll(JdbcInput.problems(options));
      return;
    }
    problems.addAll(JdbcInput.problemsWithout(known, options));
    List<String> input = options.getInput();
    if (input == null || input.isEmpty()) {
      problems.add(
          "input is not set: name the files to read, as in --input=corpus/**.xml, or a table with"
              + " --jdbcInput=RAG.SourceDocuments");
      return;
    }
    for (String glob : input) {
      if (isLocalDirectory(glob)) {
        problems.add(
            "input \"%s\" is a directory; write \"%s/**\" for all files below it"
                .formatted(glob, glob.replaceFirst("/+$", "")));
      } else if (WatchSettings.isSet(options)) {
        checkWatched(glob);
      } else if (!matches("input", glob).orElse(true) && !partOfInput) {
        problems.add("no file matches input \"%s\"".formatted(glob));
      }
    }
  }

  /** Files may come later, but a folder that is not there is most often a wrong name. */
  private void checkWatched(String glob) {
    Optional<LocalGlob> local = LocalGlob.of(glob);
    if (local.isEmpty()) {
      matches("input", glob);
    }
    local
        .map(LocalGlob::root)
        .filter(root -> !Files.isDirectory(root))
        .ifPresent(
            root ->
                problems.add(
                    "input \"%s\": there is no folder %s to watch; create it, or correct the name"
                        .formatted(glob, root)));
  }

  private static boolean isLocalDirectory(String glob) {
    try {
      return Files.isDirectory(Path.of(glob));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private void checkExtractors() {
    List<String> extractors = options.getExtractors();
    if (extractors.isEmpty()) {
      problems.add("nothing to extract with: set dictionary or patterns, or extractors=opennlp");
    }
    for (String extractor : extractors) {
      if (!Extractors.KNOWN.contains(extractor)) {
        problems.add(
            "extractors must be of %s, not \"%s\""
                .formatted(String.join(", ", Extractors.KNOWN), extractor));
      }
    }
    checkResource("dictionary", options.getDictionary(), extractors.contains("dictionary"));
    checkResource("patterns", options.getPatterns(), extractors.contains("pattern"));
    checkResource("nameModel", options.getNameModel(), false);
    checkResource("relationPatterns", options.getRelationPatterns(), false);
  }

  private void checkResource(String option, String file, boolean needed) {
    if (file == null) {
      if (needed) {
        problems.add("%s is not set, but extractors asks for it".formatted(option));
      }
    } else if (isLocalDirectory(file)) {
      problems.add("%s \"%s\" is a directory, not a file".formatted(option, file));
    } else if (!matches(option, file).orElse(true)) {
      problems.add("%s file \"%s\" does not exist".formatted(option, file));
    }
  }

  /** Whether there is such a file; empty if it could not be found out, which is a problem too. */
  private Optional<Boolean> matches(String option, String glob) {
    try {
      return Optional.of(InputFiles.any(glob));
    } catch (FileNotFoundException e) {
      return Optional.of(false);
    } catch (IOException | IllegalArgumentException e) {
      problems.add(
          "%s \"%s\" cannot be looked up: %s"
              .formatted(option, glob, FileSystemProfiles.advice(e).orElse(e.getMessage())));
      return Optional.empty();
    }
  }

  private void checkSchema(String option, String schema) {
    // SQL identifiers are written unquoted.
    if (!SCHEMA.matcher(schema).matches()) {
      problems.add(
          "%s must be a letter, then letters, digits or _, not \"%s\"".formatted(option, schema));
    }
  }

  private void checkWriters() {
    if (options.getWriters() > Dialects.maxWriters(options.getJdbcUrl())) {
      problems.add(
          "writers must be 1 for an H2 database in a file: killed while several connections write,"
              + " H2 may leave a damaged file");
    }
  }

  private void checkPassword() {
    problemOfPassword("jdbcPasswordFrom", options.getJdbcPasswordFrom()).ifPresent(problems::add);
  }

  static Optional<String> problemOfPassword(String option, String reference) {
    try {
      // Tried here and forgotten: the workers resolve it themselves.
      PasswordReference.of(reference).resolve();
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(option + " must be env:NAME or file:PATH");
    } catch (IllegalStateException e) {
      return Optional.of(option + ": " + e.getMessage());
    }
  }

  private void checkDriverProperties() {
    try {
      DriverProperties.parse("jdbc", options.getJdbcProperties());
    } catch (UsageException e) {
      problems.addAll(e.problems());
    }
  }

  private void checkRunner() {
    if (InsideFlink.isInsideFlink() && (options.isDeleteMissing() || partOfInput)) {
      problems.add(
          "replay and deleteMissing need a run that waits for its end: start it from the command"
              + " line, with flinkMaster=host:port");
    }
    checkReachable("jdbcUrl", options.getJdbcUrl());
    if (JdbcInput.isSet(options)) {
      checkReachable("jdbcInputUrl", JdbcInput.url(options));
    }
  }

  private void checkReachable(String option, String url) {
    if (RunnerKind.isRemoteFlink(options) && Dialects.isEmbedded(url)) {
      problems.add(
          "the workers of a Flink cluster cannot reach the embedded database %s: set %s to a database server, or flinkMaster=[local]"
              .formatted(url, option));
    }
  }

  private void checkOutput() {
    if (options.getSummary() != null) {
      new OutputPath("summary", options.getSummary()).problemOfFile().ifPresent(problems::add);
    }
    if (options.getDeadLetters() != null) {
      new OutputPath("deadLetters", options.getDeadLetters())
          .problemOfDirectory()
          .ifPresent(problems::add);
    }
    new DatabaseUrl(options.getJdbcUrl())
        .file()
        .flatMap(file -> new OutputPath("jdbcUrl", file).problemOfFile())
        .ifPresent(problems::add);
  }
}
