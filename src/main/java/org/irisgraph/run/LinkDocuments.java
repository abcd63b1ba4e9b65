package org.irisgraph.run;

import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.transforms.Create;
import org.irisgraph.endpoint.ModelException;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.LauncherConnection;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.linked.CorrectedRows;
import org.irisgraph.linked.LinkedGraph;
import org.irisgraph.pipeline.LinkGraph;
import org.irisgraph.pipeline.LinkingCounters;
import org.irisgraph.pipeline.NodeEmbedding;
import org.irisgraph.plan.RunPlan;
import org.irisgraph.runner.PipelineRunner;
import org.irisgraph.runner.StopRequests;
import org.irisgraph.runner.StoppedRunException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the linked graph up to date at the end of a run. */
final class LinkDocuments {

  private static final Logger LOG = LoggerFactory.getLogger(LinkDocuments.class);

  private LinkDocuments() {}

  /**
   * Links what has changed, if the options ask for it. After a kill, the next run does it. The
   * workers of a cluster share a large graph; a small one is linked here before a job would begin.
   *
   * @param runner of the run
   * @param shown takes how far it is
   * @throws StoppedRunException if the run is asked to stop; the next run goes on
   */
  static void run(
      PipelineRunner runner, LauncherConnection launcher, RunPlan plan, Consumer<String> shown)
      throws SQLException, StoreException, ModelException, InterruptedException {
    Optional<LinkedGraph> graph = RunPlan.linkedGraph(plan.options());
    if (graph.isEmpty()) {
      return;
    }
    Database.closeIdle(plan.connection());
    launcher.usable();
    LinkedGraph linked =
        graph
            .get()
            .onConnections(plan.connection())
            .stoppedBy(() -> stopIfAsked(plan.ledger().runId()))
            .showing(shown);
    CorrectedRows changes =
        runner.isCluster()
                && launcher.work().persistently(LinkedGraph.WORK, linked::needsLargeRebuild)
            ? onWorkers(runner, plan)
            : launcher.work().persistently(LinkedGraph.WORK, linked::update);
    LOG.info(
        "linked the entities of documents: {} nodes and {} edges are new or changed, {} and {}"
            + " are gone",
        changes.nodesWritten(),
        changes.edgesWritten(),
        changes.nodesDeleted(),
        changes.edgesDeleted());
    if (plan.tables().hasSameAs()) {
      LOG.info(
          "linked entities of different documents: {} relationships are new, {} are gone",
          changes.sameAsWritten(),
          changes.sameAsDeleted());
    }
    PublishedGraphSync.afterUpdate(launcher, plan.options(), changes);
    if (plan.embedding().isPresent()) {
      String runId = plan.ledger().runId();
      shown.accept("embedding the names of nodes");
      NodeEmbedding.run(
          plan.options(), plan.embedding().get(), runId, () -> StopRequests.isAsked(runId));
      stopIfAsked(runId);
    }
  }

  private static CorrectedRows onWorkers(PipelineRunner runner, RunPlan plan)
      throws InterruptedException {
    Pipeline pipeline = Pipeline.create(runner.options());
    pipeline.apply(Create.of(0L)).apply("Link", new LinkGraph(plan));
    PipelineResult result = runner.run(pipeline);
    PipelineExecution.await(result);
    return LinkingCounters.of(result);
  }

  private static void stopIfAsked(String runId) {
    if (StopRequests.isAsked(runId)) {
      throw new StoppedRunException();
    }
  }
}
