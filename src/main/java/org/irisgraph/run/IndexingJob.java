package org.irisgraph.run;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.irisgraph.graphrag.LedgerReader;
import org.irisgraph.graphrag.RunTotals;
import org.irisgraph.graphrag.TargetTables;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.Dialects;
import org.irisgraph.jdbc.RequiredTables;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.jdbc.TableDefinition;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.InsideFlink;
import org.irisgraph.options.Reindex;
import org.irisgraph.options.RunnerKind;
import org.irisgraph.options.UsageException;
import org.irisgraph.plan.JdbcInput;
import org.irisgraph.plan.ModelPlan;
import org.irisgraph.plan.ReaderSettings;
import org.irisgraph.plan.RunId;
import org.irisgraph.plan.RunPlan;
import org.irisgraph.plan.WatchSettings;
import org.irisgraph.report.Progress;
import org.irisgraph.report.Summary;
import org.irisgraph.report.WorkerMetrics;
import org.irisgraph.runner.PipelineRunner;
import org.irisgraph.runner.StopRequests;
import org.irisgraph.runner.StoppedRunException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of the indexing pipeline: makes sure of the tables, runs the flow and reads from the
 * ledger what became of each document, also when the flow fails.
 */
public final class IndexingJob implements Job {

  private static final Logger LOG = LoggerFactory.getLogger(IndexingJob.class);

  /** Above this the Direct runner, which holds what it shuffles in memory, gets a warning. */
  private static final long DIRECT_RUNNER_BYTES = 20_000_000;

  private final IndexingOptions options;
  private final RunScope scope;
  private final RunId runId;
  private volatile Watched watched;
  private volatile PipelineRunner running;
  private volatile Progress progress = Progress.NONE;

  /** A run with these options, under a new run id. */
  public IndexingJob(IndexingOptions options) {
    this(options, new FullInputScope());
  }

  /** A run that may read a part of its input only. */
  public IndexingJob(IndexingOptions options, RunScope scope) {
    this.scope = scope;
    this.options = Objects.requireNonNull(options, "options");
    this.runId = RunId.create(Clock.systemUTC());
  }

  @Override
  public Summary run() throws Exception {
    checkRunner();
    RunPlan settings = RunPlan.of(options, runId.toString());
    // This connection also keeps an embedded database open until the summary is read. It is the
    // last
    // to be closed: a process that ends must not cut off a thread that is closing the database.
    try (Connection connection =
        new DatabaseFileWait(settings.connection(), options.getLeaseSeconds(), this::isAskedToStop)
            .open()) {
      try (PipelineRunner runner = PipelineRunner.of(options)) {
        running = runner;
        // Before tables are created: one that is to be read and is missing has a wrong name.
        RunPlan source = settings.withTable(JdbcInput.describe(options));
        RunPlan plan = source.withMetadataLength(prepareTables(connection, source));
        return new ExclusiveRun(plan, connection, this::isAskedToStop)
            .run(() -> run(connection, runner, plan));
      } finally {
        awaitWriters(settings.connection());
        if (JdbcInput.isSet(options)) {
          awaitWriters(JdbcInput.connection(options));
        }
      }
    }
  }

  /** The runner's threads may live a little longer than the run. */
  private static void awaitWriters(ConnectionSettings connection) throws InterruptedException {
    if (Dialects.isEmbedded(connection.jdbcUrl()) && !Database.awaitClosed(connection)) {
      LOG.debug("the runner keeps connections to {} open", connection.jdbcUrl());
    }
  }

  private Summary run(Connection connection, PipelineRunner runner, RunPlan plan)
      throws SQLException, IOException, StoreException, InterruptedException {
    JdbcInput.checkIsOther(options, RunPlan.leaseTable(options), runId.toString());
    PipelineExecution flow = new PipelineExecution(runner, plan, scope);
    flow.prepare(connection);
    tellWhatIsMissing(connection, plan);
    if (runner.isDetached()) {
      flow.submit();
      return Summary.submitted(
          runId.toString(), options.getPipeline(), options.getRunner().getSimpleName());
    }
    scope.prepare(connection, plan);
    watched = new Watched(new LedgerReader(plan.ledger()), connection);
    long start = System.nanoTime();
    RuntimeException failure = null;
    WorkerMetrics metrics = WorkerMetrics.unknown();
    try {
      metrics = flow.run();
    } catch (StoreException e) {
      failure = new IllegalStateException(e);
    } catch (RuntimeException e) {
      failure = e;
    }
    if (failure == null && isStopped()) {
      failure = new StoppedRunException();
    }
    watched = null;
    DeleteMissing removal = new DeleteMissing(runner, plan);
    if (failure == null && options.isDeleteMissing()) {
      try {
        removal.run();
      } catch (StoreException | SQLException e) {
        failure = new IllegalStateException(e);
      } catch (RuntimeException e) {
        failure = e;
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return new RunFinalizer(plan, scope, seconds, removal.deleted())
        .summary(metrics.withForeignRowsOf(removal.metrics()), failure);
  }

  @Override
  public void stop() {
    StopRequests.add(
        runId.toString(), WatchSettings.isSet(options) ? WatchSettings.DRAIN : Duration.ZERO);
    PipelineRunner current = running;
    if (current != null) {
      current.stop();
    }
  }

  private boolean isAskedToStop() {
    return StopRequests.isAsked(runId.toString());
  }

  private boolean isStopped() {
    return StopRequests.contains(runId.toString());
  }

  /**
   * What neither option is wrong for alone.
   *
   * @throws UsageException if the workers could not reach the database
   */
  private void checkRunner() throws IOException {
    if (InsideFlink.isInsideFlink()
        && (options.isDeleteMissing() || !(scope instanceof FullInputScope))) {
      throw new UsageException(
          "replay and deleteMissing need a run that waits for its end: start it from the command"
              + " line, with flinkMaster=host:port");
    }
    checkReachable("jdbcUrl", options.getJdbcUrl());
    if (JdbcInput.isSet(options)) {
      checkReachable("jdbcInputUrl", JdbcInput.connection(options).jdbcUrl());
    }
    if (!RunnerKind.isFlink(options)) {
      long bytes = scope.bytes(options);
      if (bytes > DIRECT_RUNNER_BYTES) {
        LOG.warn(
            "the Direct runner keeps what it reads in memory, and the input has {} MB: a corpus of"
                + " this size is better run with runner-configs/flink-local.yaml",
            bytes / 1_000_000);
      }
    }
  }

  private void checkReachable(String option, String url) throws UsageException {
    if (RunnerKind.isRemoteFlink(options) && Dialects.isEmbedded(url)) {
      throw new UsageException(
          "the workers of a Flink cluster cannot reach the embedded database %s: give the %s of a server, or flinkMaster=[local]"
              .formatted(url, option));
    }
  }

  /** Creates or checks the tables and gives the length of the metadata column. */
  private int prepareTables(Connection connection, RunPlan plan)
      throws SQLException, StoreException {
    TargetTables target = plan.targetTables();
    List<TableDefinition> needed = new ArrayList<>(target.definitions());
    if (options.getCreateTables() || ReaderSettings.mayParse(options)) {
      needed.add(target.parseAttempts());
    }
    if (ModelPlan.isAsked(options)) {
      needed.addAll(ModelPlan.of(options).tables().definitions());
    }
    needed.add(plan.lease().tableDefinition());
    new RequiredTables(plan.connection().dialect(), needed)
        .prepare(connection, options.getCreateTables());
    for (String statement : target.missingIndexes(connection)) {
      LOG.warn("replacing changed documents will be slow without this index: {}", statement);
    }
    return target.metadataLength(connection);
  }

  /** Once all indexes are there, since a count may be made from one. */
  private void tellWhatIsMissing(Connection connection, RunPlan plan) throws SQLException {
    if (options.getReindex() == Reindex.CHANGED) {
      for (String shortfall : plan.targetTables().shortfalls(connection, options.getPipeline())) {
        LOG.warn("{}: --reindex=all stores everything again", shortfall);
      }
    }
  }

  /** Asks on the launcher's connection, which is idle while the flow runs. */
  @Override
  public Progress progress() throws SQLException {
    Watched current = watched;
    if (current != null) {
      RunTotals totals = current.totals();
      progress =
          new Progress(
              totals.read(),
              totals.indexed() + totals.partial(),
              totals.unchanged(),
              totals.rejected() + totals.stale());
    }
    return progress;
  }

  /** The ledger of a run on a connection that one thread uses at a time. */
  private record Watched(LedgerReader ledger, Connection connection) {

    synchronized RunTotals totals() throws SQLException {
      return ledger.totals(connection);
    }
  }
}
