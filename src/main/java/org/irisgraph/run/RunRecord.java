package org.irisgraph.run;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.irisgraph.jdbc.Dialect;
import org.irisgraph.jdbc.ErrorClassifier;
import org.irisgraph.jdbc.LauncherConnection;
import org.irisgraph.jdbc.RequiredTables;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.ledger.IndexingRuns;
import org.irisgraph.ledger.LedgerSettings;
import org.irisgraph.ledger.RecordedRun;
import org.irisgraph.plan.RunPlan;
import org.irisgraph.report.Progress;
import org.irisgraph.report.Summary;
import org.irisgraph.report.WorkerMetrics;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the row of a run in {@link IndexingRuns}. The run does not depend on it: without the table,
 * or if the row cannot be written, the run goes on and says so once.
 */
final class RunRecord {

  private static final Logger LOG = LoggerFactory.getLogger(RunRecord.class);
  private static final int RENEWALS_PER_LEASE = 3;

  private final RunPlan plan;
  private final RunProgress progress;
  private final LedgerSettings ledger;
  private final IndexingRuns runs;
  private final long renewalNanos;
  private volatile boolean kept;
  private volatile long start = System.nanoTime();
  private Timestamp startedAt = new Timestamp(System.currentTimeMillis());
  private @Nullable RunRenewal renewal;
  private WorkerMetrics.Times times = WorkerMetrics.unknown().times();

  RunRecord(RunPlan plan, RunProgress progress) {
    this.plan = plan;
    this.progress = progress;
    this.ledger = plan.ledger();
    this.runs = RunPlan.runs(plan.options());
    this.renewalNanos =
        TimeUnit.SECONDS.toNanos(plan.options().getLeaseSeconds()) / RENEWALS_PER_LEASE;
  }

  /** Begins the row of a run that holds the lease. */
  void begin(LauncherConnection launcher) throws StoreException, InterruptedException {
    Connection connection = launcher.get();
    startedAt = new Timestamp(System.currentTimeMillis());
    try {
      if (runs.exist(connection)) {
        kept =
            launcher
                .work()
                .patiently(
                    "closing the rows of earlier runs",
                    open -> {
                      runs.begin(open, ledger, startedAt);
                      return true;
                    });
      } else {
        LOG.info(
            "the command status will not show this run: createTables creates the table, or\n{};",
            statements(connection));
      }
    } catch (SQLException | RuntimeException | AssertionError e) {
      // After a time limit of the driver the connection is of no use.
      launcher.discard();
      giveUp(e);
      launcher.usable();
    }
    renewal = new RunRenewal(launcher, plan.connection(), progress, this, renewalNanos);
  }

  private String statements(Connection connection) throws SQLException {
    Dialect dialect = plan.connection().dialect();
    return String.join(
        ";\n",
        new RequiredTables(dialect, List.of(runs.definition()))
            .statements(connection, List.of(runs.definition())));
  }

  /** The flow starts now, whose time counts. */
  void flowStarts() {
    start = System.nanoTime();
  }

  /** Whether the run has a row. */
  boolean isKept() {
    return kept;
  }

  /** The run as it is now. */
  RunBesideDatabase besideDatabase() {
    return RunBesideDatabase.of(ledger.pipeline(), current());
  }

  private RecordedRun current() {
    return progress.recorded(startedAt, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
  }

  /** Shows how far the run is. */
  void renew(Connection connection) throws SQLException {
    if (kept) {
      runs.renew(connection, current());
    }
  }

  /** Ends the renewals: the run has failed, ended, or goes on elsewhere. */
  void quiet() throws InterruptedException {
    RunRenewal current = renewal;
    if (current != null) {
      renewal = null;
      current.close();
    }
  }

  /** A job on a cluster goes on without this process: its worker ends the row. */
  void detach(LauncherConnection launcher) throws InterruptedException {
    quiet();
    progress.enter(Progress.Phase.DETACHED);
    try {
      renew(launcher.get());
    } catch (SQLException | RuntimeException | AssertionError e) {
      LOG.debug("the phase is not shown", e);
    }
  }

  /** What the workers have measured, for the end of the row. */
  void measured(WorkerMetrics.Times workers) {
    times = workers;
  }

  /**
   * Ends the row.
   *
   * @param summary null if the run failed before its flow
   */
  void end(LauncherConnection launcher, @Nullable Summary summary)
      throws StoreException, InterruptedException {
    quiet();
    if (!kept) {
      return;
    }
    // A renewal that hangs does not write the row again.
    kept = false;
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    Summary.Status status = Summary.Status.FAILED;
    if (summary != null) {
      status = summary.status();
      Summary.Documents documents = summary.documents();
      values.put("run_millis", Math.round(summary.seconds() * 1000));
      values.put("documents_read", documents.read());
      values.put("documents_indexed", documents.indexed());
      values.put("documents_unchanged", documents.unchanged());
      values.put("documents_partial", documents.partial());
      values.put("documents_rejected", documents.rejected());
      values.put("documents_stale", documents.stale());
      values.put("documents_deleted", documents.deleted());
      values.put("reading_millis", times.reading());
      values.put("waiting_millis", times.waiting());
      values.put("storing_millis", times.storing());
      values.put("entity_rows", rows(summary, plan.tables().entities()));
      values.put("relationship_rows", rows(summary, plan.tables().relationships()));
    }
    Connection connection = launcher.usableNow();
    try {
      runs.end(connection, ledger.runId(), status.name().toLowerCase(Locale.ROOT), values);
    } catch (SQLException | RuntimeException | AssertionError e) {
      launcher.discard();
      giveUp(e);
    }
  }

  private static long rows(Summary summary, String table) {
    Summary.Rows rows = summary.rows().get(table);
    return rows == null ? 0 : rows.committed();
  }

  private void giveUp(Throwable e) {
    kept = false;
    LOG.warn(
        "the command status will not show this run as it is: {}",
        e instanceof Exception failure ? ErrorClassifier.describe(failure) : e.toString());
  }
}
