package org.irisgraph.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.irisgraph.extract.ner.NerExtractor;
import org.irisgraph.extract.setup.NameModels;
import org.irisgraph.options.DatabaseUrl;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.plan.DeadLetterPlace;
import org.irisgraph.plan.Extraction;
import org.irisgraph.plan.LoadSettings;
import org.irisgraph.plan.RunPlan;
import org.jspecify.annotations.Nullable;

/** Summary footer: locations and hints. */
public final class NextSteps {

  /** What bin/iris-graph-indexer starts; a run of the compiled classes does not need it. */
  private static final String JAR = "iris-graph-indexer.jar";

  private static final String BUILD = "mvn -q package -DskipTests";

  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z0-9_@%+=:,./][A-Za-z0-9_@%+=:,./-]*|--[A-Za-z0-9_@%+=:,./-]+");

  /** How the program was started, from the launcher, as a shell takes it. */
  public static final String COMMAND =
      quoted(System.getProperty("org.irisgraph.command", "bin/iris-graph-indexer"));

  private final IndexingOptions options;
  private final Summary summary;
  private final List<String> settings;
  private final List<String> replayed;
  private final Path program;

  /**
   * Describes what to do after a run.
   *
   * @param settings the settings files and flags that name the database, as on the command line
   * @param replayed those with which a replay does the same as the run
   * @param program the jar of this program, or the directory of its classes
   */
  public NextSteps(
      IndexingOptions options,
      Summary summary,
      List<String> settings,
      List<String> replayed,
      Path program) {
    this.options = options;
    this.summary = summary;
    this.settings = List.copyOf(settings);
    this.replayed = List.copyOf(replayed);
    this.program = program;
  }

  /** Locations of database, dead letters, summary and report, by label. */
  public Map<String, String> places() {
    Map<String, String> places = new LinkedHashMap<>();
    places.put("database", options.getJdbcUrl() + ", schema " + options.getSchema());
    Optional<String> directory = DeadLetterPlace.of(options);
    if (directory.isPresent()) {
      String file = directory.get().replaceFirst("/+$", "") + "/" + summary.runId() + ".jsonl";
      if (Files.exists(Path.of(file))) {
        places.put("dead letters", file);
      }
    }
    if (options.getSummary() != null && !isSubmitted()) {
      places.put("summary", options.getSummary());
    }
    if (options.getReport() != null && !isSubmitted()) {
      places.put("report", options.getReport());
    }
    return places;
  }

  /**
   * Hints on what to do next, one line each.
   *
   * @param name of which the graph has something to show; null if none is known
   */
  public List<String> hints(@Nullable String name) {
    List<String> hints = new ArrayList<>();
    mainReason().ifPresent(hints::add);
    if (isSubmitted()) {
      hints.add("This run is detached: it writes neither summary nor dead letters.");
      hints.add("When its job has ended, query the ledger for the outcome of the documents:");
      hints.add(
          "SELECT outcome, stale, COUNT(*) AS documents FROM %s WHERE seen_run_id = '%s' GROUP BY outcome, stale"
              .formatted(RunPlan.ledgerTable(options), summary.runId()));
    } else if (summary.status() == Summary.Status.FAILED) {
      hints.add(
          LoadSettings.of(options).needsEmptyTables()
              ? "Run it again without deferIndexes and nocheck: it resumes after the committed"
                  + " documents."
              : "After a fix, run the same command again: it resumes after the committed"
                  + " documents.");
    } else if (summary.status() == Summary.Status.STOPPED) {
      hints.add("Run the same command again: it resumes after the committed documents.");
    } else if (summary.status() == Summary.Status.PARTIAL && summary.documents().read() == 0) {
      hints.add("There is no document in the files of the input: check what input names.");
    } else if (hasDeadLetters()) {
      Optional<String> directory = DeadLetterPlace.of(options);
      hints.add(
          directory.isEmpty()
              ? "Add --deadLetters=DIRECTORY to write rejected documents to a file."
              : "The dead letters list what was rejected and why.");
      hints.add("After a fix, replay only these documents:");
      addCommand(hints, "replay", replayed, directory.map(List::of).orElse(List.of()));
    } else if (hasOnlyUnchanged()) {
      hints.add("Nothing has changed; --reindex=all extracts and stores everything again.");
    }
    if (hasFewEntities()) {
      hints.add(
          String.format(
              Locale.ROOT,
              "Only %,d of %,d documents have an entity: try --%s, or see with"
                  + " the command suggest what other extractors find.",
              withEntities(),
              indexed(),
              otherExtractors()));
    }
    if (name != null && !new DatabaseUrl(options.getJdbcUrl()).isInMemory()) {
      hints.add("See what the documents say about a name, or what links two:");
      addCommand(hints, "show", settings, List.of(name));
    }
    return hints;
  }

  private void addCommand(List<String> hints, String name, List<String> first, List<String> last) {
    if (Files.isDirectory(program)
        && !Files.exists(program.resolveSibling(JAR))
        && !hints.contains(BUILD)) {
      hints.add(BUILD);
    }
    hints.add(
        Stream.concat(
                Stream.of(COMMAND, name),
                Stream.concat(first.stream(), last.stream()).map(NextSteps::quoted))
            .collect(Collectors.joining(" ")));
  }

  private String otherExtractors() {
    if (!Extraction.usesNames(options)) {
      return Stream.concat(options.getExtractors().stream(), Stream.of(NerExtractor.NAME))
          .collect(Collectors.joining(",", "extractors=", ""));
    }
    return "names="
        + (Objects.equals(options.getNames(), List.of(NameModels.GENERAL))
            ? NameModels.BOTH
            : NameModels.GENERAL);
  }

  /** Fewer than one in ten: what is extracted does not fit the documents. */
  private boolean hasFewEntities() {
    Summary.Documents documents = summary.documents();
    boolean isComplete =
        summary.status() == Summary.Status.SUCCEEDED || summary.status() == Summary.Status.PARTIAL;
    return isComplete
        && summary.leftOut() != null
        && documents.indexed() + documents.partial() > 0
        && withEntities() * 10 < indexed();
  }

  private long withEntities() {
    LeftOut leftOut = summary.leftOut();
    return leftOut == null ? 0 : indexed() - leftOut.withoutEntities();
  }

  /** Documents that are indexed, by this run or an earlier one. */
  private long indexed() {
    return summary.documents().indexed() + summary.documents().unchanged();
  }

  /** The one reason for which most documents were rejected. */
  private Optional<String> mainReason() {
    return summary.reasons().stream()
        .filter(reason -> reason.table() == null && reason.count() * 2 > summary.documents().read())
        .findFirst()
        .map(
            reason ->
                String.format(
                    Locale.ROOT,
                    "%,d of %,d documents were rejected for one reason, %s: %s.",
                    reason.count(),
                    summary.documents().read(),
                    reason.code(),
                    Remedy.of(reason.code())));
  }

  private boolean isSubmitted() {
    return summary.status() == Summary.Status.SUBMITTED;
  }

  private boolean hasDeadLetters() {
    return summary.documents().status() == Summary.Status.PARTIAL
        || summary.rows().values().stream().anyMatch(rows -> rows.rejected() > 0);
  }

  private boolean hasOnlyUnchanged() {
    Summary.Documents documents = summary.documents();
    return documents.read() > 0
        && documents.unchanged() == documents.read()
        && documents.deleted() == 0;
  }

  /** A word as a POSIX shell takes it. */
  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
