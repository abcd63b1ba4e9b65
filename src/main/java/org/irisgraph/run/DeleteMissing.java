package org.irisgraph.run;

import java.sql.SQLException;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.ParDo;
import org.irisgraph.iris.spec.OnBadRow;
import org.irisgraph.iris.spec.WriteMode;
import org.irisgraph.jdbc.LauncherConnection;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.ledger.MissingDocuments;
import org.irisgraph.ledger.RemovalLedger;
import org.irisgraph.pipeline.IndexingPipeline;
import org.irisgraph.pipeline.ReadMissingFn;
import org.irisgraph.plan.RunPlan;
import org.irisgraph.report.WorkerMetrics;
import org.irisgraph.runner.PipelineRunner;
import org.irisgraph.source.DocumentGraphCoder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes documents that the input no longer has, in a separate flow after everything is read. Only
 * what a run knows to be gone is deleted: nothing, if anything could not be read or if it exceeds
 * {@code maxDeletedShare} without {@code force}.
 */
final class DeleteMissing {

  private static final Logger LOG = LoggerFactory.getLogger(DeleteMissing.class);

  private static final String COUNTING = "counting the missing documents";

  /**
   * Assumed rows of a document in a table; too few cost further transactions, too many make them
   * small.
   */
  private static final int ASSUMED_ROWS = 50;

  private final PipelineRunner runner;
  private final RunPlan plan;
  private final LauncherConnection launcher;
  private final MissingDocuments documents;
  private long deleted;
  private WorkerMetrics metrics = WorkerMetrics.NOTHING;

  DeleteMissing(PipelineRunner runner, RunPlan plan, LauncherConnection launcher) {
    this.runner = runner;
    this.plan = plan;
    this.launcher = launcher;
    this.documents = new MissingDocuments(plan.ledger());
  }

  /** The number of deleted documents. */
  long deleted() {
    return deleted;
  }

  /** The metrics of its workers. */
  WorkerMetrics metrics() {
    return metrics;
  }

  /**
   * Deletes the missing documents.
   *
   * @throws TooManyException if the guard is against it; nothing is deleted then
   */
  void run() throws SQLException, StoreException, InterruptedException {
    launcher.usable();
    long missing = launcher.work().persistently(COUNTING, documents::missing);
    if (missing == 0) {
      return;
    }
    long unread = launcher.work().persistently(COUNTING, documents::unread);
    if (unread > 0) {
      LOG.warn(
          "{} missing documents are kept, because {} places could not be read or extracted and may"
              + " have them",
          missing,
          unread);
      return;
    }
    long all = launcher.work().persistently(COUNTING, documents::all);
    double share = plan.options().getMaxDeletedShare();
    if (missing > all * share && !plan.options().isForce()) {
      throw new TooManyException(missing, all, share);
    }
    Pipeline pipeline = Pipeline.create(runner.options());
    pipeline
        .apply(Create.of(0))
        .apply("ReadMissing", ParDo.of(new ReadMissingFn(plan)))
        .setCoder(new DocumentGraphCoder())
        .apply(
            "DeleteGraph",
            IndexingPipeline.write(plan)
                .withOutcomes(new RemovalLedger(plan.ledger(), plan.tables()))
                .withElementRows(graph -> ASSUMED_ROWS)
                .withWriteMode(WriteMode.UPSERT)
                .withOnBadRow(OnBadRow.STOP)
                .withMaxRejectedShare(1));
    try {
      metrics = WorkerMetrics.unknown();
      PipelineResult result = runner.run(pipeline);
      PipelineExecution.await(result);
      metrics = WorkerMetrics.of(result);
    } finally {
      deleted = missing - documents.missing(launcher.usable());
    }
    if (deleted < missing) {
      LOG.warn(
          "{} missing documents are kept: they were indexed in place, and only a run with their"
              + " jdbcInput deletes their rows",
          missing - deleted);
    }
  }

  /** Guards against an input that is empty by mistake. */
  static final class TooManyException extends RuntimeException {
    TooManyException(long missing, long all, double share) {
      super(
          ("deleteMissing: %d of %d documents are not in the input any more, more than"
                  + " maxDeletedShare=%s allows: nothing is deleted; if they are to go, add --force")
              .formatted(missing, all, share));
    }
  }
}
