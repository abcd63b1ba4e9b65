package org.irisgraph.run;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.irisgraph.graphrag.ExampleName;
import org.irisgraph.graphrag.ForeignRowCount;
import org.irisgraph.graphrag.LedgerReader;
import org.irisgraph.graphrag.RunTotals;
import org.irisgraph.jdbc.ErrorClassifier;
import org.irisgraph.jdbc.LauncherConnection;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.plan.RunPlan;
import org.irisgraph.report.DeadLetterFile;
import org.irisgraph.report.FailedRunException;
import org.irisgraph.report.ForeignRowFigures;
import org.irisgraph.report.LanguageModelFigures;
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
    try {
      return conclude(launcher, metrics, failure);
    } catch (SQLException | IOException | StoreException e) {
      if (failure != null) {
        failure.addSuppressed(e);
        throw failure;
      }
      throw e;
    }
  }

  private Summary conclude(
      LauncherConnection launcher, WorkerMetrics metrics, @Nullable RuntimeException failure)
      throws SQLException, IOException, StoreException, InterruptedException {
    // A failed run has waited for the server long enough.
    Connection connection = failure == null ? launcher.usable() : launcher.usableNow();
    IndexingOptions options = plan.options();
    String runId = plan.ledger().runId();
    if (failure == null) {
      plan.lease().guard().verify(connection);
      scope.review(connection, plan);
    }
    LedgerReader ledger = new LedgerReader(plan.ledger());
    RunTotals totals = ledger.totals(connection);
    if (options.getDeadLetters() != null) {
      DeadLetterFile.write(
          Path.of(options.getDeadLetters()), runId, ledger, connection, scope::isNews);
    }
    warnAboutCutTexts(totals);
    Summary.Documents documents =
        Summary.Documents.of(
            totals.indexed(),
            totals.unchanged(),
            totals.partial(),
            totals.rejected(),
            totals.stale(),
            deleted);
    LanguageModelFigures languageModel = LanguageModelFigures.of(connection, options, runId);
    Summary summary =
        Summary.builder()
            .setRunId(runId)
            .setPipeline(options.getPipeline())
            .setRunner(options.getRunner().getSimpleName())
            .setStatus(
                failure == null
                    ? scope.status(documents, totals.incomplete())
                    : failure instanceof StoppedRunException
                        ? Summary.Status.STOPPED
                        : Summary.Status.FAILED)
            .setSeconds(seconds)
            .setDocuments(documents)
            .setRows(rows(totals))
            .setBatches(metrics.batches())
            .setStatements(metrics.statements())
            .setLanguageModel(languageModel)
            .setNames(plan.extraction().chosenNames())
            .setDocumentsWithEntities(
                failure == null ? ledger.documentsWithEntities(connection) : null)
            .setExample(failure == null ? example(launcher) : null)
            .setForeignRows(foreignRows(launcher, totals, metrics))
            .build();
    if (failure != null) {
      throw new FailedRunException(null, failure, summary);
    }
    return summary;
  }

  private Map<String, Summary.Rows> rows(RunTotals totals) {
    Map<String, Summary.Rows> rows = new LinkedHashMap<>();
    rows.put(
        plan.tables().documents(),
        new Summary.Rows(totals.documentRows(), totals.documentRowsRejected()));
    rows.put(
        plan.tables().entities(),
        new Summary.Rows(totals.entityRows(), totals.entityRowsRejected()));
    rows.put(
        plan.tables().relationships(),
        new Summary.Rows(totals.relationshipRows(), totals.relationshipRowsRejected()));
    return rows;
  }

  private ForeignRowFigures foreignRows(
      LauncherConnection launcher, RunTotals totals, WorkerMetrics metrics) {
    return new ForeignRowFigures(
        totals.indexed() + totals.partial() == 0 ? Long.valueOf(0) : foreignRows(launcher),
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

  /** A name for the question that the end of a run suggests, which must not cost the summary. */
  private @Nullable String example(LauncherConnection launcher) {
    try {
      return ExampleName.in(launcher.get(), plan.tables()).orElse(null);
    } catch (SQLException e) {
      LOG.debug("there is no name for an example: {}", ErrorClassifier.describe(e));
      return null;
    }
  }

  private static void warnAboutCutTexts(RunTotals totals) {
    if (totals.metadataKeysCut() > 0) {
      LOG.warn(
          "{} metadata keys did not fit their column and were dropped", totals.metadataKeysCut());
    }
    if (totals.relationshipsDropped() > 0) {
      LOG.warn(
          "{} relationships beyond maxRelationshipsPerSentence were dropped",
          totals.relationshipsDropped());
    }
  }
}
