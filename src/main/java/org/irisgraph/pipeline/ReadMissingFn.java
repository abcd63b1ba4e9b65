package org.irisgraph.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.jdbc.WorkerDatabase;
import org.irisgraph.ledger.LedgerSettings;
import org.irisgraph.ledger.MissingDocuments;
import org.irisgraph.plan.RunPlan;
import org.joda.time.Duration;

/** Reads from the ledger the documents that a run did not find in its input. */
public final class ReadMissingFn extends DoFn<Integer, DocumentGraph> {

  private final LedgerSettings ledger;
  private final WorkerDatabase database;

  public ReadMissingFn(RunPlan plan) {
    this.ledger = plan.ledger();
    this.database =
        new WorkerDatabase(
            plan.connection(), Duration.standardSeconds(plan.options().getRetrySeconds()));
  }

  @Setup
  public void setup() {
    database.open();
  }

  @ProcessElement
  public void processElement(OutputReceiver<DocumentGraph> output)
      throws StoreException, InterruptedException {
    List<DocumentGraph> missing =
        database.query(
            connection -> {
              List<DocumentGraph> found = new ArrayList<>();
              new MissingDocuments(ledger).forEach(connection, found::add);
              return found;
            });
    missing.forEach(output::output);
  }

  @Teardown
  public void teardown() {
    database.close();
  }
}
