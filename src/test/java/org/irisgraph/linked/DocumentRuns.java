package org.irisgraph.linked;

import java.util.List;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.graph.Failure;
import org.irisgraph.graph.Origin;
import org.irisgraph.graphrag.GraphChangeLog;
import org.irisgraph.graphrag.GraphTables;
import org.irisgraph.graphrag.LinkedTables;
import org.irisgraph.iris.TestTarget;
import org.irisgraph.iris.TestWriter;
import org.irisgraph.iris.spec.OutcomeTable;
import org.irisgraph.ledger.Ledger;
import org.irisgraph.ledger.LedgerSettings;
import org.irisgraph.ledger.RemovalLedger;

/** Stores and removes documents, each time in a run of its own, and records what they change. */
final class DocumentRuns {

  private final TestTarget target;
  private final LinkedTables linked;
  private int run;

  DocumentRuns(TestTarget target, LinkedTables linked) {
    this.target = target;
    this.linked = linked;
  }

  void write(GraphTables tables, int batchRows, DocumentGraph... graphs) throws Exception {
    store(tables, batchRows, new Ledger(nextRun(), tables), graphs);
  }

  void remove(GraphTables tables, int batchRows, String id) throws Exception {
    store(
        tables,
        batchRows,
        new RemovalLedger(nextRun(), tables),
        DocumentGraph.failed(
            id, new Origin("/" + id, 0, 0), new Failure(Failure.Stage.READ, "MISSING", "gone")));
  }

  private LedgerSettings nextRun() {
    run++;
    return new LedgerSettings(
        target.in("RAG.DocumentLedger"), "pipeline", "r" + run, "fingerprint" + run);
  }

  private void store(
      GraphTables tables,
      int batchRows,
      OutcomeTable<DocumentGraph> ledger,
      DocumentGraph... graphs)
      throws Exception {
    try (TestWriter<DocumentGraph> writer =
        new TestWriter<>(target.settings(), tables.writes(), ledger, GraphTables::owner)
            .withBatchRows(batchRows)
            .withChangeLog(new GraphChangeLog(linked))) {
      writer.write(List.of(graphs));
    }
  }
}
