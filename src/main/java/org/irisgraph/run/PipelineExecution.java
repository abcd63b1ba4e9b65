package org.irisgraph.run;

import java.sql.SQLException;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.irisgraph.base.Causes;
import org.irisgraph.jdbc.LauncherConnection;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.ledger.DeferredIndexes;
import org.irisgraph.pipeline.IndexingPipeline;
import org.irisgraph.pipeline.ReconcileLedger;
import org.irisgraph.plan.RunPlan;
import org.irisgraph.report.WorkerMetrics;
import org.irisgraph.runner.PipelineRunner;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the pipeline of one run, and builds deferred indexes when it has ended or failed. What only
 * an index can decide (a duplicate document id, an in-doubt commit) ends the pipeline; a second
 * pass with indexes and upserts then continues, skipping what is stored.
 */
public final class PipelineExecution {

  private static final Logger LOG = LoggerFactory.getLogger(PipelineExecution.class);

  private static final String BUILDING = "building the deferred indexes";

  private final PipelineRunner runner;
  private final RunPlan plan;
  private final RunScope scope;
  private final LauncherConnection launcher;
  private final DeferredIndexes indexes;
  private WorkerMetrics metrics = WorkerMetrics.unknown();

  PipelineExecution(
      PipelineRunner runner, RunPlan plan, RunScope scope, LauncherConnection launcher) {
    this.runner = runner;
    this.plan = plan;
    this.scope = scope;
    this.launcher = launcher;
    this.indexes = plan.deferredIndexes();
  }

  /**
   * Builds indexes that an earlier run did not build, and drops those that this run defers.
   *
   * @throws StoreException if the tables are not as this run's settings need them
   */
  void prepare() throws SQLException, StoreException, InterruptedException {
    if (indexes.areMissing(launcher.get())) {
      LOG.warn("an earlier run deferred indexes and ended before it built them");
      try {
        launcher.work().repeat(BUILDING, this::build);
      } catch (SQLException e) {
        throw indexes.missing(e);
      }
    }
    if (plan.load().needsEmptyTables()) {
      indexes.requireEmptyTables(launcher.get());
    }
    if (plan.load().defersIndexes()) {
      indexes.leaveOut(launcher.get());
      LOG.warn(
          "queries do not find this run's rows before it ends (deferIndexes); if it is killed, the"
              + " next run builds the indexes, or {}",
          String.join("; ", indexes.statements()));
    }
  }

  /** Runs to the end. */
  void run() throws StoreException, InterruptedException {
    if (!plan.load().defersIndexes()) {
      metrics = pass(plan);
      return;
    }
    @Nullable RuntimeException failure = null;
    try {
      metrics = pass(plan);
    } catch (RuntimeException e) {
      failure = e;
    }
    buildAfter(failure);
    if (failure == null) {
      return;
    }
    if (!isUnindexed(failure)) {
      throw failure;
    }
    LOG.info("continues with indexes and upserts, which decide what could not be decided without");
    pass(plan.toBuilder().setLoad(plan.load().upserting()).build());
  }

  /** What its workers did; unknown after two passes, since the first one's figures are lost. */
  WorkerMetrics metrics() {
    return metrics;
  }

  /** Submits the pipeline to a cluster, whose workers also reconcile the ledger at its end. */
  void submit() throws InterruptedException {
    Pipeline pipeline = Pipeline.create(runner.options());
    IndexingPipeline.build(pipeline, plan).apply("Review", new ReconcileLedger(plan));
    runner.run(pipeline);
  }

  private WorkerMetrics pass(RunPlan ofPass) throws InterruptedException {
    Pipeline pipeline = Pipeline.create(runner.options());
    scope.build(pipeline, ofPass);
    launcher.share();
    PipelineResult result = runner.run(pipeline);
    await(result);
    return WorkerMetrics.of(result);
  }

  /**
   * Waits for the end of a pipeline.
   *
   * @throws IllegalStateException if it did not succeed
   */
  public static void await(PipelineResult result) {
    PipelineResult.State state = result.waitUntilFinish();
    if (state != PipelineResult.State.DONE) {
      throw new IllegalStateException("the pipeline ended as " + state);
    }
  }

  private void buildAfter(@Nullable RuntimeException failure)
      throws StoreException, InterruptedException {
    try {
      if (failure == null) {
        launcher.usable();
        launcher.work().repeat(BUILDING, this::build);
      } else {
        // A failed run has waited for the server long enough.
        launcher.usableNow();
        build();
      }
    } catch (SQLException | StoreException e) {
      StoreException missing = indexes.missing(e);
      if (failure == null) {
        throw missing;
      }
      LOG.error(missing.getMessage());
      failure.addSuppressed(missing);
      throw failure;
    }
  }

  private void build() throws SQLException, StoreException {
    long start = System.nanoTime();
    LOG.info(BUILDING);
    launcher
        .work()
        .patiently(
            BUILDING,
            connection -> {
              indexes.build(connection);
              return true;
            });
    LOG.info("built the indexes in {} s", (System.nanoTime() - start) / 1_000_000_000);
  }

  private static boolean isUnindexed(Throwable failure) {
    return Causes.first(failure, StoreException.class)
        .filter(StoreException.Unindexed.class::isInstance)
        .isPresent();
  }
}
