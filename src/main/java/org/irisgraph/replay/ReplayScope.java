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
import java.util.Set;
import org.apache.beam.sdk.Pipeline;
import org.irisgraph.document.SourceFile;
import org.irisgraph.files.InputFiles;
import org.irisgraph.files.LocalGlob;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.graph.Origin;
import org.irisgraph.graphrag.DeadLetter;
import org.irisgraph.graphrag.DeadLetterCheck;
import org.irisgraph.graphrag.DeadLetterCheck.Verdict;
import org.irisgraph.graphrag.LedgerReader;
import org.irisgraph.graphrag.LedgerReconciler;
import org.irisgraph.graphrag.ParseAttemptTable;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.plan.ReaderSettings;
import org.irisgraph.plan.RunPlan;
import org.irisgraph.replay.DeadLetterLines.Line;
import org.irisgraph.replay.ReplayReport.Result;
import org.irisgraph.report.DeadLetterFile;
import org.irisgraph.report.Summary;
import org.irisgraph.run.RunScope;

/**
 * A run over what dead letters name. It may conclude nothing of what it has not read: only the
 * places that it tried are reviewed, and nothing is deleted because it was not met.
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
  private final Set<Kept> kept = new HashSet<>();
  private List<Path> letters = List.of();
  private boolean isWrittenToDirectory;

  /**
   * Replays a directory of dead letters.
   *
   * @param fromLedger whether it is empty and for the time of the run only: what the ledger says is
   *     written to it
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
  public long bytes(IndexingOptions options) {
    return 0;
  }

  @Override
  public void prepare(Connection connection, RunPlan plan) throws SQLException, IOException {
    if (fromLedger) {
      spool(connection, plan);
    }
    String written = plan.options().getDeadLetters();
    isWrittenToDirectory =
        written != null
            && Files.isDirectory(Path.of(written))
            && Files.isSameFile(Path.of(written), directory);
    letters = archive.files();
    DeadLetterCheck check = DeadLetterCheck.of(connection, plan.ledger());
    for (Path file : letters) {
      DeadLetterLines.<SQLException>read(file, lines -> select(connection, check, plan, lines));
    }
    new LedgerReader(plan.ledger()).failedPlaces(connection, selection::addKnownFailure);
    find(Objects.requireNonNullElse(plan.options().getInput(), List.of()));
    plan.table().ifPresent(table -> gone.remove(table.name()));
    if (ReaderSettings.mayParse(plan.options())) {
      // Whoever asks for a document to be tried again wants it to be.
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

  /** What an earlier run has indexed in the meantime need not be tried again. */
  private void select(Connection connection, DeadLetterCheck check, RunPlan plan, List<Line> lines)
      throws SQLException {
    List<DeadLetter> named = letters(lines);
    List<Verdict> verdicts = check.check(connection, named);
    for (int i = 0; i < named.size(); i++) {
      switch (verdicts.get(i).state()) {
        case OPEN, UNKNOWN ->
            selection.add(
                named.get(i), ReplayPipeline.positionsAreIndependent(plan, named.get(i).source()));
        case INDEXED, OTHER_PIPELINE -> {}
      }
    }
  }

  /** Finds the sources among the input's, as a run over all of it would name them. */
  private void find(List<String> input) throws IOException {
    gone.addAll(selection.sources());
    InputFiles all = InputFiles.match(input);
    for (SourceFile file : all.files()) {
      if (selection.isSelected(file.source())) {
        files.add(file);
        gone.remove(file.source());
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

  /** A folder that can be entered now may be empty, and then none of its files tells of it. */
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
  public void review(Connection connection, RunPlan plan) throws SQLException, IOException {
    Set<String> failed = new LedgerReconciler(plan.ledger(), new Tried()).review(connection);
    DeadLetterCheck check = DeadLetterCheck.of(connection, plan.ledger());
    for (Path file : letters) {
      archive.<SQLException>settle(
          file,
          lines -> {
            List<Verdict> verdicts = check.check(connection, letters(lines));
            List<Boolean> solved = new ArrayList<>();
            int next = 0;
            for (Line line : lines) {
              Result result =
                  line.isBroken() ? broken(file, line) : result(line, verdicts.get(next++), failed);
              solved.add(result == Result.CURED);
              if (result != Result.CURED && !line.isBroken()) {
                kept.add(Kept.of(line.letter()));
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

  private Result result(Line line, Verdict verdict, Set<String> failed) {
    DeadLetter letter = line.letter();
    Result result = result(letter, verdict, failed);
    report.add(result, name(letter), reason(letter, verdict, result));
    return result;
  }

  private Result result(DeadLetter letter, Verdict verdict, Set<String> failed) {
    boolean isOpen =
        switch (verdict.state()) {
          case INDEXED -> false;
          case OPEN -> true;
          // It was looked for and is not there any more, if all of its source could be read.
          case UNKNOWN -> gone.contains(letter.source()) || failed.contains(letter.source());
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

  private String reason(DeadLetter letter, Verdict verdict, Result result) {
    return switch (result) {
      case CURED -> verdict.state() == DeadLetterCheck.State.UNKNOWN ? "it is not there now" : "";
      case GONE ->
          exists(letter.source())
              ? "there is such a file, but the option input does not name it"
              : "";
      case OTHER_PIPELINE -> verdict.reason();
      case BROKEN -> "";
      case REJECTED -> {
        if (verdict.state() == DeadLetterCheck.State.UNKNOWN) {
          yield "its source could not be read to the end";
        }
        yield verdict.seen() ? verdict.reason() : "not found in its source; " + verdict.reason();
      }
    };
  }

  /** The document, if its id is known, and its place. */
  private static String name(DeadLetter letter) {
    String place = new Origin(letter.source(), letter.position(), 0).toString();
    return letter.documentId() == null ? place : letter.documentId() + " in " + place;
  }

  private static List<DeadLetter> letters(List<Line> lines) {
    return lines.stream().filter(line -> !line.isBroken()).map(Line::letter).toList();
  }

  private static boolean exists(String source) {
    try {
      return Files.exists(Path.of(source));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** What stays in the directory is not written to it again. */
  @Override
  public boolean isNews(DeadLetter letter) {
    return !isWrittenToDirectory || !kept.contains(Kept.of(letter));
  }

  /** What a dead letter says, but for the words and the time. */
  private record Kept(
      String documentId, String source, long position, String table, String rowId, String code) {

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

  /** What is incomplete was met as the rival of another document, and left to the next run. */
  @Override
  public Summary.Status status(Summary.Documents documents, long incomplete) {
    return report.hasOpen() ? Summary.Status.PARTIAL : documents.status();
  }

  /** The places that were named and whose sources are there. */
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
