package org.irisgraph.run;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.irisgraph.base.Directories;
import org.irisgraph.base.FullDisk;
import org.irisgraph.jdbc.ErrorClassifier;
import org.irisgraph.jdbc.LauncherConnection;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.ledger.ForeignRowCount;
import org.irisgraph.ledger.LedgerReader;
import org.irisgraph.ledger.RejectReason;
import org.irisgraph.ledger.RejectReasons;
import org.irisgraph.ledger.RunTotals;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.PassageStrategy;
import org.irisgraph.plan.DeadLetterPlace;
import org.irisgraph.plan.RunPlan;
import org.irisgraph.report.DeadLetterFile;
import org.irisgraph.report.EmbeddingFigures;
import org.irisgraph.report.FailedRunException;
import org.irisgraph.report.ForeignRowFigures;
import org.irisgraph.report.LanguageModelFigures;
import org.irisgraph.report.LeftOut;
import org.irisgraph.report.Summary;
import org.irisgraph.report.WorkerMetrics;
import org.irisgraph.runner.StoppedRunException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finishes a run: reads the documents' outcomes from the ledger, also of a failed run, and turns
 * them into summary and dead letters.
 */
final class RunFinalizer {

  private static final Logger LOG = LoggerFactory.getLogger(RunFinalizer.class);

  /** How often the outcomes are read if the disk is full. */
  private static final int ATTEMPTS = 5;

  private static final long PAUSE_MILLIS = 500;

  private final RunPlan plan;
  private final RunScope scope;
  private final double seconds;
  private final long deleted;

  /**
   * Creates the finalizer of a run.
   *
   * @param seconds how long it took
   * @param deleted how many documents it has taken out
   */
  RunFinalizer(RunPlan plan, RunScope scope, double seconds, long deleted) {
    this.plan = plan;
    this.scope = scope;
    this.seconds = seconds;
    this.deleted = deleted;
  }

  /**
   * Writes the dead letters and gives the summary.
   *
   * @param failure why the run has failed, null if it has not
   * @throws FailedRunException with the summary, if the run has failed
   */
  Summary summary(
      LauncherConnection launcher, WorkerMetrics metrics, @Nullable RuntimeException failure)
      throws SQLException, IOException, StoreException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        if (failure == null) {
          launcher.usable();
          scope.review(launcher, plan);
          return launcher
              .work()
              .repeatedly(
                  "reading the outcomes", () -> conclude(launcher, launcher.get(), metrics, null));
        }
        return conclude(launcher, connection(launcher, failure), metrics, failure);
      } catch (SQLException | IOException | StoreException e) {
        if (failure == null) {
          throw e;
        }
        // Writers that are not done yet close a database whose disk is full once more.
        if (attempt == ATTEMPTS || !FullDisk.isCauseOf(failure)) {
          failure.addSuppressed(e);
          throw failure;
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    }
  }

  private Summary conclude(
      LauncherConnection launcher,
      Connection connection,
      WorkerMetrics metrics,
      @Nullable RuntimeException failure)
      throws SQLException, IOException {
    IndexingOptions options = plan.options();
    String runId = plan.ledger().runId();
    LedgerReader ledger = new LedgerReader(plan.ledger());
    RunTotals totals = ledger.totals(connection);
    Rejects rejects = rejects(ledger, connection);
    boolean failed = failure != null || rejects.problem() != null;
    Summary.Documents documents =
        Summary.Documents.of(
            totals.documents().indexed(),
            totals.documents().unchanged(),
            totals.documents().partial(),
            totals.documents().rejected(),
            totals.documents().stale(),
            deleted);
    LanguageModelFigures languageModel = LanguageModelFigures.of(connection, options, runId);
    Summary summary =
        Summary.builder()
            .setRunId(runId)
            .setPipeline(options.getPipeline())
            .setRunner(options.getRunner().getSimpleName())
            .setStatus(
                !failed
                    ? scope.status(documents, totals.incomplete())
                    : failure instanceof StoppedRunException
                        ? Summary.Status.STOPPED
                        : Summary.Status.FAILED)
            .setSeconds(seconds)
            .setDocuments(documents)
            .setPassages(options.getPassages() == PassageStrategy.NONE ? null : totals.passages())
            .setRows(rows(totals))
            .setBatches(metrics.batches())
            .setStatements(metrics.statements())
            .setLanguageModel(languageModel)
            .setEmbeddingModel(EmbeddingFigures.of(connection, options, runId))
            .setNames(plan.extraction().chosenNames())
            .setReasons(rejects.reasons())
            .setLeftOut(
                new LeftOut(
                    totals.relationshipsDropped(),
                    totals.metadataKeysCut(),
                    totals.withoutEntities()))
            .setForeignRows(foreignRows(launcher, totals, metrics))
            .build();
    if (failed) {
      throw new FailedRunException(failure == null ? rejects.problem() : null, failure, summary);
    }
    return summary;
  }

  private static Connection connection(LauncherConnection launcher, RuntimeException failure)
      throws StoreException, InterruptedException {
    // A failed run has waited for the server long enough.
    return FullDisk.isCauseOf(failure) ? launcher.readOnly() : launcher.usableNow();
  }

  private Map<String, Summary.Rows> rows(RunTotals totals) {
    RunTotals.Rows stored = totals.stored();
    RunTotals.Rows notStored = totals.notStored();
    Map<String, Summary.Rows> rows = new LinkedHashMap<>();
    rows.put(plan.tables().documents(), new Summary.Rows(stored.document(), notStored.document()));
    rows.put(plan.tables().entities(), new Summary.Rows(stored.entity(), notStored.entity()));
    rows.put(
        plan.tables().relationships(),
        new Summary.Rows(stored.relationship(), notStored.relationship()));
    return rows;
  }

  private ForeignRowFigures foreignRows(
      LauncherConnection launcher, RunTotals totals, WorkerMetrics metrics) {
    return new ForeignRowFigures(
        totals.documents().written() == 0 ? Long.valueOf(0) : foreignRows(launcher),
        metrics.foreignReplaced(),
        metrics.held());
  }

  /**
   * Counts rows of other tools, last of all; null after a time limit of the driver, which must not
   * cost the summary.
   */
  private @Nullable Long foreignRows(LauncherConnection launcher) {
    try {
      return new ForeignRowCount(plan.ledger(), plan.tables()).count(launcher.get());
    } catch (SQLException e) {
      launcher.discard();
      LOG.warn("the rows of other tools could not be counted: {}", ErrorClassifier.describe(e));
      return null;
    }
  }

  /**
   * Why documents and rows were rejected.
   *
   * @param problem why the directory that the options name does not have the dead letters; null if
   *     it does, or if they name none
   */
  private record Rejects(List<RejectReason> reasons, @Nullable String problem) {}

  /** Writes the dead letters and counts their reasons. */
  private Rejects rejects(LedgerReader ledger, Connection connection) throws SQLException {
    Optional<String> directory = DeadLetterPlace.of(plan.options());
    String problem = null;
    if (directory.isPresent()) {
      try {
        if (plan.options().getDeadLetters() != null) {
          // It stays if there are none: a schedule replays whatever it has.
          Directories.create(Path.of(directory.get()));
        }
        return new Rejects(
            DeadLetterFile.write(
                    Path.of(directory.get()),
                    plan.ledger().runId(),
                    ledger,
                    connection,
                    scope::isNews)
                .mostFirst(),
            null);
      } catch (IOException e) {
        problem =
            "the dead letters could not be written to %s: %s"
                .formatted(directory.get(), FullDisk.isCauseOf(e) ? "the disk is full" : e);
        LOG.warn(problem);
      }
    }
    RejectReasons reasons = new RejectReasons();
    ledger.deadLetters(
        connection,
        letter -> {
          if (scope.isNews(letter)) {
            reasons.add(letter);
          }
        });
    return new Rejects(
        reasons.mostFirst(), plan.options().getDeadLetters() == null ? null : problem);
  }
}
