package org.irisgraph.run;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import org.irisgraph.endpoint.ModelException;
import org.irisgraph.graphrag.TargetTables;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.Dialects;
import org.irisgraph.jdbc.LauncherConnection;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.ledger.LedgerKeyUpgrade;
import org.irisgraph.ledger.LedgerReader;
import org.irisgraph.ledger.StoredFingerprints;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.Reindex;
import org.irisgraph.options.RunnerKind;
import org.irisgraph.plan.Extraction;
import org.irisgraph.plan.FormerName;
import org.irisgraph.plan.JdbcInput;
import org.irisgraph.plan.RunId;
import org.irisgraph.plan.RunPlan;
import org.irisgraph.plan.WatchSettings;
import org.irisgraph.report.Progress;
import org.irisgraph.report.Summary;
import org.irisgraph.runner.LocalWork;
import org.irisgraph.runner.PipelineRunner;
import org.irisgraph.runner.StopRequests;
import org.irisgraph.runner.StoppedRunException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run: prepares the tables, runs the pipeline, deletes missing documents if asked to, and reads
 * the outcome of each document from the ledger, also when the pipeline fails.
 */
public final class IndexingJob implements Job {

  private static final Logger LOG = LoggerFactory.getLogger(IndexingJob.class);

  private static final String PREPARING = "preparing the run";

  private final IndexingOptions options;
  private final RunScope scope;
  private final String runId = RunId.create(Clock.systemUTC());
  private final RunProgress progress = new RunProgress(runId);
  private volatile @Nullable PipelineRunner running;

  /** A run over the whole input. */
  public IndexingJob(IndexingOptions options) {
    this(options, new FullInputScope(options));
  }

  /** A run over the part of the input that the scope selects. */
  public IndexingJob(IndexingOptions options, RunScope scope) {
    this.scope = scope;
    this.options = options;
  }

  @Override
  public Summary run() throws Exception {
    LocalWork.watch(runId);
    try {
      return runWatched();
    } finally {
      StopRequests.remove(runId);
      LocalWork.forget(runId);
    }
  }

  private Summary runWatched() throws Exception {
    warnAboutInput();
    Extraction extraction = ExtractionLoader.load(options);
    ConnectionSettings connection = RunPlan.connection(options);
    // Keeps an embedded database open until the summary is read, and is closed last: a process
    // that ends must not interrupt a thread that is closing the database.
    try (LauncherConnection launcher =
        new DatabaseFileWait(
                connection,
                options.getLeaseSeconds(),
                options.getRetrySeconds(),
                this::isAskedToStop)
            .open()) {
      RunPlan plan = launcher.work().repeatedly(PREPARING, () -> plan(launcher, extraction));
      RunRecord record = new RunRecord(plan, progress);
      progress.readFrom(new LedgerReader(plan.ledger()), launcher);
      try (PipelineRunner runner = PipelineRunner.of(options)) {
        running = runner;
        RunPlan described =
            launcher
                .work()
                .repeatedly(
                    PREPARING, () -> new TablePreparation(options, launcher).describe(plan));
        VectorIndexing vectors = new VectorIndexing(options, described.tables().vectors());
        return new ExclusiveRun(described, launcher, record, this::isAskedToStop)
            .run(() -> runAlone(launcher, runner, described, vectors, record));
      } finally {
        awaitWriters(connection);
        if (JdbcInput.isSet(options)) {
          awaitWriters(JdbcInput.connection(options));
        }
      }
    }
  }

  private RunPlan plan(LauncherConnection launcher, Extraction extraction)
      throws SQLException, StoreException, IOException, InterruptedException {
    FormerName.adopt(launcher.get(), options);
    return RunPlan.of(
        options, runId, NameChoice.settle(options, extraction, runId, launcher.get()));
  }

  private void warnAboutInput() throws IOException {
    InputSurvey survey = scope.survey(options);
    progress.setInputBytes(survey.bytes());
    if (survey.bytes() > RunnerChoice.DIRECT_BYTES && !RunnerKind.isFlink(options)) {
      LOG.warn(
          "the Direct runner keeps its input in memory, which has {} MB: leave runner out, or use"
              + " runner-configs/flink-local.yaml, for a corpus of this size",
          survey.bytes() / 1_000_000);
    }
    survey.warnings().forEach(LOG::warn);
  }

  /** Runs while no other run of the pipeline writes to the database. */
  private Summary runAlone(
      LauncherConnection launcher,
      PipelineRunner runner,
      RunPlan plan,
      VectorIndexing vectors,
      RunRecord record)
      throws SQLException, IOException, StoreException, InterruptedException {
    InputTable.requireOtherDatabase(options, RunPlan.leaseTable(options), runId);
    int renewed =
        launcher
            .work()
            .persistently(
                "looking for ledger keys of an earlier version",
                open -> LedgerKeyUpgrade.renew(open, plan.ledger(), options.getBatchRows()));
    if (renewed > 0) {
      LOG.info("renewed the ledger keys of {} documents of an earlier version", renewed);
    }
    PipelineExecution execution = new PipelineExecution(runner, plan, scope, launcher);
    launcher.work().repeat(PREPARING, execution::prepare);
    launcher.work().repeat(PREPARING, () -> reportStoredDocuments(launcher, plan));
    if (runner.isDetached()) {
      record.detach(launcher);
      execution.submit();
      return Summary.builder()
          .setRunId(runId)
          .setPipeline(options.getPipeline())
          .setRunner(options.getRunner().getSimpleName())
          .setStatus(Summary.Status.SUBMITTED)
          .build();
    }
    launcher.work().repeat(PREPARING, () -> scope.prepare(launcher.get(), plan));
    long start = System.nanoTime();
    record.flowStarts();
    progress.enter(Progress.Phase.INDEXING);
    RuntimeException failure = failureOf(execution::run);
    if (failure == null && StopRequests.contains(runId)) {
      failure = new StoppedRunException();
    }
    DeleteMissing deletion = new DeleteMissing(runner, plan, launcher);
    if (failure == null && options.isDeleteMissing()) {
      progress.enter(Progress.Phase.DELETING);
      failure = failureOf(deletion::run);
    }
    if (failure == null) {
      progress.enter(Progress.Phase.LINKING);
      failure = failureOf(() -> LinkDocuments.run(runner, launcher, plan, progress::does));
    }
    if (failure == null) {
      failure = failureOf(() -> vectors.run(launcher));
    }
    progress.enter(Progress.Phase.ENDING);
    if (failure != null) {
      // The database may be full: H2 closes it under a reader if another thread writes.
      record.quiet();
    }
    record.measured(execution.metrics().times());
    double seconds = (System.nanoTime() - start) / 1e9;
    Database.closeIdle(plan.connection());
    return new RunFinalizer(plan, scope, seconds, deletion.deleted())
        .summary(launcher, execution.metrics().withForeignRowsOf(deletion.metrics()), failure);
  }

  @FunctionalInterface
  private interface Step {
    void run() throws SQLException, StoreException, ModelException, InterruptedException;
  }

  /** Why a step failed; null if it succeeded. The summary is due in both cases. */
  private static @Nullable RuntimeException failureOf(Step step) throws InterruptedException {
    try {
      step.run();
      return null;
    } catch (StoreException | SQLException | ModelException e) {
      return new IllegalStateException(e);
    } catch (RuntimeException e) {
      return e;
    }
  }

  /** Called once all indexes exist, since the counts may come from one. */
  private void reportStoredDocuments(LauncherConnection launcher, RunPlan plan)
      throws SQLException, StoreException {
    if (options.getReindex() == Reindex.CHANGED) {
      TargetTables target = plan.targetTables();
      for (String shortfall :
          launcher
              .work()
              .patiently(
                  "counting the rows of the tables",
                  connection -> target.shortfalls(connection, options.getPipeline()))) {
        LOG.warn("{}: --reindex=all stores everything again", shortfall);
      }
      StoredFingerprints.Others others =
          launcher
              .work()
              .patiently(
                  "counting the documents of other settings",
                  connection -> StoredFingerprints.others(connection, plan.ledger()));
      if (others.extraction() > 0) {
        LOG.info(
            "the settings have changed since {} documents were stored: those in the input are"
                + " extracted again",
            others.extraction());
      }
      if (others.vectors() > 0) {
        LOG.info(
            "{} documents have no vectors of this embedding model: those in the input get them; if"
                + " unchanged, they are not extracted again",
            others.vectors());
      }
    }
  }

  /** Waits for the runner's threads, which may outlive the run briefly. */
  private static void awaitWriters(ConnectionSettings connection) throws InterruptedException {
    if (Dialects.isEmbedded(connection.jdbcUrl()) && !Database.awaitClosed(connection)) {
      LOG.debug("the runner keeps connections to {} open", connection.jdbcUrl());
    }
  }

  @Override
  public void stop() {
    StopRequests.add(runId, WatchSettings.isSet(options) ? WatchSettings.DRAIN : Duration.ZERO);
    PipelineRunner current = running;
    if (current != null) {
      current.stop();
    }
  }

  private boolean isAskedToStop() {
    return StopRequests.isAsked(runId);
  }

  @Override
  public Progress progress() throws SQLException {
    return progress.ask();
  }

  @Override
  public Progress current() {
    return progress.current();
  }
}
