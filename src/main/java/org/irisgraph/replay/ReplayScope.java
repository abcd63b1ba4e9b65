package org.irisgraph.replay;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.beam.sdk.Pipeline;
import org.irisgraph.document.SourceFile;
import org.irisgraph.files.InputFiles;
import org.irisgraph.files.LocalGlob;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.graph.Origin;
import org.irisgraph.jdbc.LauncherConnection;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.ledger.DeadLetter;
import org.irisgraph.ledger.DeadLetterCheck;
import org.irisgraph.ledger.DeadLetterCheck.Verdict;
import org.irisgraph.ledger.LedgerReader;
import org.irisgraph.ledger.LedgerReconciler;
import org.irisgraph.ledger.ParseAttemptTable;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.plan.DeadLetterPlace;
import org.irisgraph.plan.ReaderSettings;
import org.irisgraph.plan.RunPlan;
import org.irisgraph.replay.DeadLetterLines.Line;
import org.irisgraph.replay.ReplayReport.Result;
import org.irisgraph.report.DeadLetterFile;
import org.irisgraph.report.Summary;
import org.irisgraph.run.InputSurvey;
import org.irisgraph.run.RunScope;
import org.jspecify.annotations.Nullable;

/**
 * The scope of a replay: the documents of dead letters. Only the places that it has read are
 * reconciled, and nothing is deleted because it was not read.
 */
final class ReplayScope implements RunScope {

  private static final String SPOOL = "ledger.jsonl";

  private final DeadLetterArchive archive;
  private final Path directory;
  private final boolean fromLedger;
  private final ReplaySelection selection = new ReplaySelection();
  private final ReplayReport report = new ReplayReport();
  private final List<SourceFile> files = new ArrayList<>();
  private final List<DocumentGraph> failures = new ArrayList<>();
  private final Set<String> gone = new HashSet<>();

  /**
   * Files that dead letters name whose ids are indexed from elsewhere, unless the input has them.
   */
  private final Set<String> notInInput = new HashSet<>();

  private final Set<Kept> kept = new HashSet<>();
  private List<Path> letters = List.of();
  private boolean isWrittenToDirectory;

  /**
   * Replays a directory of dead letters.
   *
   * @param fromLedger whether the directory is an empty temporary one, to be filled with the dead
   *     letters that the ledger has
   */
  ReplayScope(Path directory, boolean fromLedger) {
    this.directory = directory;
    this.fromLedger = fromLedger;
    this.archive = new DeadLetterArchive(directory);
  }

  ReplayReport report() {
    return report;
  }

  @Override
  public InputSurvey survey(IndexingOptions options) {
    return InputSurvey.UNKNOWN;
  }

  @Override
  public void prepare(Connection connection, RunPlan plan) throws SQLException, IOException {
    if (fromLedger) {
      spool(connection, plan);
    }
    Optional<String> written = DeadLetterPlace.of(plan.options());
    isWrittenToDirectory =
        written.isPresent()
            && Files.isDirectory(Path.of(written.get()))
            && Files.isSameFile(Path.of(written.get()), directory);
    letters = archive.files();
    DeadLetterCheck check = DeadLetterCheck.of(connection, plan.ledger());
    for (Path file : letters) {
      DeadLetterLines.<SQLException>read(file, lines -> select(connection, check, plan, lines));
    }
    new LedgerReader(plan.ledger()).failedPlaces(connection, selection::addKnownFailure);
    find(ReaderSettings.files(plan.options()), ReaderSettings.globs(plan.options()));
    plan.table().ifPresent(table -> gone.remove(table.name()));
    if (ReaderSettings.mayParse(plan.options())) {
      // A replay retries also documents that have ended several workers.
      new ParseAttemptTable(plan.ledger())
          .forget(connection, files.stream().map(SourceFile::source).toList());
    }
  }

  private void spool(Connection connection, RunPlan plan) throws SQLException, IOException {
    try (BufferedWriter writer = Files.newBufferedWriter(directory.resolve(SPOOL))) {
      new LedgerReader(plan.ledger())
          .openLetters(connection, letter -> DeadLetterFile.write(writer, letter));
    } catch (UncheckedIOException e) {
      throw new IOException("cannot write to " + directory, e);
    }
  }

  /** Documents that a run has indexed in the meantime are not retried. */
  private void select(Connection connection, DeadLetterCheck check, RunPlan plan, List<Line> lines)
      throws SQLException {
    List<DeadLetter> named = letters(lines);
    List<Verdict> verdicts = check.check(connection, named);
    for (int i = 0; i < named.size(); i++) {
      switch (verdicts.get(i).state()) {
        case OPEN, UNKNOWN ->
            selection.add(
                named.get(i), ReplayPipeline.positionsAreIndependent(plan, named.get(i).source()));
        case INDEXED_FROM_ELSEWHERE -> notInInput.add(SourceFile.container(named.get(i).source()));
        case INDEXED, OTHER_PIPELINE -> {}
      }
    }
  }

  /** Finds the selected sources in the input, under the names of a run over all input. */
  private void find(InputFiles all, List<String> input) {
    files.clear();
    failures.clear();
    gone.addAll(selection.sources());
    Set<String> archives =
        selection.sources().stream().map(SourceFile::container).collect(Collectors.toSet());
    for (SourceFile file : all.files()) {
      notInInput.remove(file.source());
      if (selection.isSelected(file.source()) || archives.contains(file.source())) {
        files.add(file);
        gone.removeIf(source -> SourceFile.container(source).equals(file.source()));
      }
    }
    all.unreadable()
        .forEach(
            (source, failure) -> {
              if (selection.isSelected(source)) {
                failures.add(DocumentGraph.failed(null, new Origin(source, 0, 0), failure));
                gone.remove(source);
              }
            });
    gone.removeIf(source -> isReachedFolder(source, input));
  }

  /** Whether a source is a folder that is readable now; it may be empty and thus match no file. */
  private static boolean isReachedFolder(String source, List<String> input) {
    return exists(source)
        && Files.isDirectory(Path.of(source))
        && input.stream()
            .flatMap(glob -> LocalGlob.of(glob).stream())
            .anyMatch(glob -> glob.reaches(Path.of(source)));
  }

  @Override
  public void build(Pipeline pipeline, RunPlan plan) {
    ReplayPipeline.build(pipeline, plan, selection, files, failures);
  }

  @Override
  public void review(LauncherConnection launcher, RunPlan plan)
      throws SQLException, IOException, StoreException, InterruptedException {
    LedgerReconciler reconciler =
        new LedgerReconciler(
            plan.ledger(), plan.options().getBatchRows(), plan.lease().guard(), new Tried());
    Set<String> failed =
        launcher.work().repeatedly(LedgerReconciler.WORK, () -> reconciler.review(launcher.get()));
    Connection connection = launcher.get();
    DeadLetterCheck check = DeadLetterCheck.of(connection, plan.ledger());
    for (Path file : letters) {
      archive.<SQLException>settle(
          file,
          lines -> {
            List<Verdict> verdicts = check.check(connection, letters(lines));
            List<Boolean> solved = new ArrayList<>();
            int next = 0;
            for (Line line : lines) {
              DeadLetter letter = line.letter();
              Result result =
                  letter == null
                      ? broken(file, line)
                      : report(letter, verdicts.get(next++), failed);
              solved.add(result == Result.CURED);
              if (result != Result.CURED && letter != null) {
                kept.add(Kept.of(letter));
              }
            }
            return solved;
          });
    }
    report.complete(fromLedger ? null : archive.archive().toString());
  }

  private Result broken(Path file, Line line) {
    report.add(Result.BROKEN, file + " line " + line.number(), line.problem());
    return Result.BROKEN;
  }

  private Result report(DeadLetter letter, Verdict verdict, Set<String> failed) {
    Result result = result(letter, verdict, failed);
    report.add(result, name(letter), reason(letter, verdict, result));
    return result;
  }

  private Result result(DeadLetter letter, Verdict verdict, Set<String> failed) {
    if (verdict.state() == DeadLetterCheck.State.INDEXED_FROM_ELSEWHERE
        && isNotInInput(letter.source())) {
      // Pipelines of several databases may share the directory, and have documents of one id.
      return Result.OTHER_PIPELINE;
    }
    boolean isOpen =
        switch (verdict.state()) {
          case INDEXED, INDEXED_FROM_ELSEWHERE -> false;
          case OPEN -> true;
          // Solved if its whole source was read and does not have it any more.
          case UNKNOWN ->
              gone.contains(letter.source()) || SourceFile.isAmong(failed, letter.source());
          case OTHER_PIPELINE -> false;
        };
    if (verdict.state() == DeadLetterCheck.State.OTHER_PIPELINE) {
      return Result.OTHER_PIPELINE;
    }
    if (!isOpen) {
      return Result.CURED;
    }
    return gone.contains(letter.source()) ? Result.GONE : Result.REJECTED;
  }

  private boolean isNotInInput(String source) {
    String file = SourceFile.container(source);
    return notInInput.contains(file) && exists(file);
  }

  private String reason(DeadLetter letter, Verdict verdict, Result result) {
    return switch (result) {
      case CURED -> verdict.state() == DeadLetterCheck.State.UNKNOWN ? "it no longer exists" : "";
      case GONE ->
          exists(letter.source()) ? "the file exists, but the option input does not match it" : "";
      case OTHER_PIPELINE ->
          verdict.reason().isEmpty()
              ? "the file exists, but the option input does not match it"
              : verdict.reason();
      case BROKEN -> "";
      case REJECTED -> {
        if (verdict.state() == DeadLetterCheck.State.UNKNOWN) {
          yield "its source could not be read to the end";
        }
        yield verdict.seen() ? verdict.reason() : "not found in its source; " + verdict.reason();
      }
    };
  }

  /** The document's id, if known, and its place. */
  private static String name(DeadLetter letter) {
    String place = new Origin(letter.source(), letter.position(), 0).toString();
    return letter.documentId() == null ? place : letter.documentId() + " in " + place;
  }

  private static List<DeadLetter> letters(List<Line> lines) {
    return lines.stream().map(Line::letter).filter(Objects::nonNull).toList();
  }

  private static boolean exists(String source) {
    try {
      return Files.exists(Path.of(source));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** Prevents that a dead letter that stays in the directory is written to it again. */
  @Override
  public boolean isNews(DeadLetter letter) {
    return !isWrittenToDirectory || !kept.contains(Kept.of(letter));
  }

  /** A dead letter without its message and time. */
  private record Kept(
      @Nullable String documentId,
      String source,
      long position,
      @Nullable String table,
      @Nullable String rowId,
      @Nullable String code) {

    static Kept of(DeadLetter letter) {
      return new Kept(
          letter.documentId(),
          letter.source(),
          letter.position(),
          letter.table(),
          letter.rowId(),
          letter.code());
    }
  }

  /**
   * Ignores incomplete documents: they were read as duplicates only and are left to the next run.
   */
  @Override
  public Summary.Status status(Summary.Documents documents, long incomplete) {
    return report.hasOpen() ? Summary.Status.PARTIAL : documents.status();
  }

  /** The selected places whose sources exist. */
  private final class Tried implements LedgerReconciler.Coverage {

    @Override
    public boolean isWhole(String source) {
      return !gone.contains(source) && selection.isWhole(source);
    }

    @Override
    public boolean isPlace(String source, long position) {
      return !gone.contains(source) && selection.isPlace(source, position);
    }
  }
}
