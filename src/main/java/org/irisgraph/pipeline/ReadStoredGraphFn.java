package org.irisgraph.pipeline;

import org.apache.beam.sdk.transforms.DoFn;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.graphrag.StoredGraphs;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.jdbc.WorkerDatabase;
import org.irisgraph.plan.RunPlan;
import org.joda.time.Duration;

/**
 * Adds to each document the entities and relationships that are stored for it. It takes two queries
 * a document, little beside the model's time for their texts.
 */
final class ReadStoredGraphFn extends DoFn<DocumentGraph, DocumentGraph> {

  private final WorkerDatabase database;
  private final StoredGraphs stored;

  /** Reads from the database of a run. */
  ReadStoredGraphFn(RunPlan plan) {
    this.database =
        new WorkerDatabase(
            plan.connection(), Duration.standardSeconds(plan.options().getRetrySeconds()));
    this.stored = new StoredGraphs(plan.tables());
  }

  @Setup
  public void setup() {
    database.open();
  }

  @ProcessElement
  public void processElement(@Element DocumentGraph graph, OutputReceiver<DocumentGraph> output)
      throws StoreException, InterruptedException {
    output.output(database.query(connection -> stored.withStored(connection, graph)));
  }

  @Teardown
  public void teardown() {
    database.close();
  }
}
