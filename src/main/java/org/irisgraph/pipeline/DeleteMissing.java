package org.irisgraph.pipeline;

import java.sql.Connection;
import java.sql.SQLException;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.ParDo;
import org.irisgraph.graphrag.MissingDocuments;
import org.irisgraph.graphrag.RemovalLedger;
import org.irisgraph.iris.OnBadRow;
import org.irisgraph.iris.WriteMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes documents out of the tables that the input does not have any more, in a flow of its own
 * once everything is read. Only what a run knows to be gone is deleted: nothing, if anything could
 * not be read, and nothing, if it is more than {@code maxDeletedShare} and nobody has said {@code
 * force}.
 */
final class DeleteMissing {

  private static final Logger LOG = LoggerFactory.getLogger(DeleteMissing.class);

  /**
   * What a document may have in a table; more takes further transactions, less makes them small.
   */
  private static final int ASSUMED_ROWS = 50;

  private final PipelineRunner runner;
  private final RunPlan plan;
  private final MissingDocuments documents;

  DeleteMissing(PipelineRunner runner, RunPlan plan) {
    this.runner = runner;
    this.plan = plan;
    this.documents = new MissingDocuments(plan.ledger());
  }

  /**
   * Deletes.
   *
   * @return how many documents were deleted
   * @throws TooManyException if the guard is against it; nothing is deleted then
   */
  long run(Connection connection) throws SQLException {
    long missing = documents.missing(connection);
    if (missing == 0) {
      return 0;
    }
    long unread = documents.unread(connection);
    if (unread > 0) {
      LOG.warn(
          "{} documents are missing and stay, since {} places could not be read: they may be there",
          missing,
          unread);
      return 0;
    }
    long all = documents.all(connection);
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
                .withOutcomes(new RemovalLedger(plan.ledger()))
                .withElementRows(graph -> ASSUMED_ROWS)
                .withWriteMode(WriteMode.UPSERT)
                .withOnBadRow(OnBadRow.STOP)
                .withMaxRejectedShare(1));
    Flow.await(pipeline.run());
    return missing - documents.missing(connection);
  }

  /** The guard against an input that is empty by mistake. */
  static final class TooManyException extends RuntimeException {
    TooManyException(long missing, long all, double share) {
      super(
          ("deleteMissing: %d of %d documents are not in the input any more, more than"
                  + " maxDeletedShare=%s allows: nothing is deleted; if they are to go, add --force")
              .formatted(missing, all, share));
    }
  }
}
