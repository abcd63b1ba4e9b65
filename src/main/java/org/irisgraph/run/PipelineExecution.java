package org.irisgraph.run;

import java.sql.Connection;
import java.sql.SQLException;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.irisgraph.graphrag.DeferredIndexes;
import org.irisgraph.jdbc.LauncherConnection;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.pipeline.IndexingPipeline;
import org.irisgraph.pipeline.ReconcileLedger;
import org.irisgraph.plan.RunPlan;
import org.irisgraph.report.WorkerMetrics;
import org.irisgraph.runner.PipelineRunner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The flow of one run, and the indexes that it leaves out if it is told to: they are built when it
 * has ended, also when it has failed. What only an index could decide (a document id that occurs
 * twice, a commit of which nobody knows whether it took place) ends the flow; it then goes on with
 * indexes and upserts, in a second pass that skips what is stored.
 */
public final class PipelineExecution {

  private static final Logger LOG = LoggerFactory.getLogger(PipelineExecution.class);

  /** Causes may form a ring. */
  private static final int DEEPEST = 50;

  private final PipelineRunner runner;
  private final RunPlan plan;
  private final RunScope scope;
  private final DeferredIndexes indexes;

  PipelineExecution(PipelineRunner runner, RunPlan plan, RunScope scope) {
    this.runner = runner;
    this.plan = plan;
    this.scope = scope;
    this.indexes = plan.deferredIndexes();
  }

  /**
   * Builds what an earlier run has left out, and makes ready for leaving out.
   *
   * @throws StoreException if the tables are not as this run's settings need them
   */
  void prepare(Connection connection) throws SQLException, StoreException {
    if (indexes.areMissing(connection)) {
      LOG.warn("an earlier run has left indexes out and was ended before it could build them");
      try {
        build(connection);
      } catch (SQLException e) {
        throw indexes.missing(e);
      }
    }
    if (plan.load().needsEmptyTables()) {
      indexes.requireEmptyTables(connection);
    }
    if (plan.load().defersIndexes()) {
      indexes.leaveOut(connection);
      LOG.warn(
          "until this run has ended queries do not find its rows (deferIndexes); if it is killed,"
              + " the next run builds the indexes, or {}",
          String.join("; ", indexes.statements()));
    }
  }

  /** Runs to the end. */
  WorkerMetrics run() throws StoreException, InterruptedException {
    if (!plan.load().defersIndexes()) {
      return pass(plan);
    }
    WorkerMetrics metrics = WorkerMetrics.unknown();
    RuntimeException failure = null;
    try {
      metrics = pass(plan);
    } catch (RuntimeException e) {
      failure = e;
    }
    buildAfter(failure);
    if (failure == null) {
      return metrics;
    }
    if (!isUnindexed(failure)) {
      throw failure;
    }
    LOG.info("goes on with indexes and upserts after what could not be decided without");
    pass(plan.withLoad(plan.load().upserting()));
    // Those of the second pass alone would be taken for all.
    return WorkerMetrics.unknown();
  }

  /** Hands it in, to be run and ended by a cluster while nobody waits. */
  void submit() throws InterruptedException {
    Pipeline pipeline = Pipeline.create(runner.options());
    IndexingPipeline.build(pipeline, plan).apply("Review", new ReconcileLedger(plan));
    runner.run(pipeline);
  }

  private WorkerMetrics pass(RunPlan ofPass) throws InterruptedException {
    Pipeline pipeline = Pipeline.create(runner.options());
    scope.build(pipeline, ofPass);
    PipelineResult result = runner.run(pipeline);
    await(result);
    return WorkerMetrics.of(result);
  }

  /** Waits for the end, which is to be a good one. */
  public static void await(PipelineResult result) {
    PipelineResult.State state = result.waitUntilFinish();
    if (state != PipelineResult.State.DONE) {
      throw new IllegalStateException("the pipeline ended as " + state);
    }
  }

  /** Builds on a new connection: the server may have been away since the run began. */
  private void buildAfter(RuntimeException failure) throws StoreException, InterruptedException {
    try (Connection connection = LauncherConnection.openPatiently(plan.connection())) {
      build(connection);
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

  private void build(Connection connection) throws SQLException {
    long start = System.nanoTime();
    LOG.info("builds the indexes that were left out");
    indexes.build(connection);
    LOG.info("built the indexes in {} s", (System.nanoTime() - start) / 1_000_000_000);
  }

  private static boolean isUnindexed(Throwable failure) {
    return cause(failure) instanceof StoreException.Unindexed;
  }

  /** The reason in our own words, if there is one. */
  private static Throwable cause(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; depth < DEEPEST && cause.getCause() != null; depth++) {
      if (cause instanceof StoreException) {
        break;
      }
      cause = cause.getCause();
    }
    return cause;
  }
}
