package org.irisgraph.run;

import java.io.IOException;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;
import org.irisgraph.jdbc.ErrorClassifier;
import org.irisgraph.jdbc.LauncherConnection;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.lease.PipelineLease;
import org.irisgraph.plan.RunPlan;
import org.irisgraph.report.FailedRunException;
import org.irisgraph.report.Summary;
import org.irisgraph.runner.ClusterJobs;
import org.irisgraph.runner.StoppedRunException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a job while holding the pipeline's lease. */
final class ExclusiveRun {

  private static final Logger LOG = LoggerFactory.getLogger(ExclusiveRun.class);

  private final RunPlan plan;
  private final LauncherConnection launcher;
  private final RunRecord record;
  private final BooleanSupplier stopped;

  /**
   * Creates a run that has not started.
   *
   * @param launcher unused at the beginning
   * @param record of the run, which it begins and ends
   * @param stopped whether to stop waiting for another run
   */
  ExclusiveRun(
      RunPlan plan, LauncherConnection launcher, RunRecord record, BooleanSupplier stopped) {
    this.plan = plan;
    this.launcher = launcher;
    this.record = record;
    this.stopped = stopped;
  }

  /** The job to run. */
  @FunctionalInterface
  interface Body {
    Summary run() throws SQLException, IOException, StoreException, InterruptedException;
  }

  /**
   * Runs the job.
   *
   * @throws org.irisgraph.lease.LeaseHeldException if another run is active
   */
  Summary run(Body body) throws SQLException, IOException, StoreException, InterruptedException {
    boolean mayGoOn = plan.lease().outlivesProcess();
    try (PipelineLease lease = plan.lease()) {
      boolean creates = plan.options().getCreateTables();
      if (!launcher
          .work()
          .repeatedly("taking the lease", () -> lease.acquire(launcher.get(), creates, stopped))) {
        throw new StoppedRunException();
      }
      @Nullable Summary summary = null;
      try {
        record.begin(launcher);
        summary = body.run();
        // A detached job continues, and its workers keep the lease.
        mayGoOn = summary.status() == Summary.Status.SUBMITTED;
        return summary;
      } catch (FailedRunException e) {
        summary = e.summary();
        // Of a job that failed or was cancelled the end is known; of one that was lost it is not.
        mayGoOn = mayGoOn && e.getCause() instanceof ClusterJobs.ClusterException;
        throw e;
      } finally {
        record.quiet();
        if (!mayGoOn) {
          giveBack(lease, summary);
        }
      }
    }
  }

  /** A lease that cannot be released expires. */
  private void giveBack(PipelineLease lease, @Nullable Summary summary)
      throws InterruptedException {
    try {
      record.end(launcher, summary);
      lease.release(launcher.usableNow());
    } catch (SQLException | StoreException e) {
      LOG.warn(
          "the lease could not be released: the next run of the pipeline may wait up to {} s: {}",
          plan.options().getLeaseSeconds(),
          ErrorClassifier.describe(e));
    }
  }
}
