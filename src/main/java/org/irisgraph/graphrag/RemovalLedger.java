package org.irisgraph.graphrag;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.iris.WriteDecision;
import org.irisgraph.jdbc.Row;

/**
 * The ledger when documents are taken out: a document is replaced by nothing, so that all its rows
 * are stale, and its row in the ledger goes with the last of them.
 */
public final class RemovalLedger extends LedgerOutcomes {

  private final GraphTables tables;

  /** Takes out of the tables what the run of these settings did not see. */
  public RemovalLedger(LedgerSettings settings, GraphTables tables) {
    super(settings);
    this.tables = tables;
  }

  @Override
  public Map<String, Set<String>> lookUps(DocumentGraph graph) {
    return Map.of("ledger_key", Set.of(settings.documentKey(graph.documentId())));
  }

  @Override
  public WriteDecision decide(DocumentGraph graph, List<Row> found) {
    for (Row row : found) {
      LedgerRow document = LedgerRow.of(row);
      if (document.pipeline().equals(settings.pipeline())
          && !document.seenRunId().equals(settings.runId())) {
        if (isSomebodyElses(document)) {
          return WriteDecision.refuse("IN_PLACE", "the row of the document is not ours to delete");
        }
        return WriteDecision.replace()
            .forgetting(List.of(document.ledgerKey()))
            .remembering(document);
      }
    }
    return WriteDecision.refuse("SEEN", "the document is there again");
  }

  /** One that was indexed in place: a run that writes documents would delete its row, too. */
  private boolean isSomebodyElses(LedgerRow document) {
    return !tables.isInPlace()
        && document.documentRows() == 0
        && document.outcome() != Outcome.REJECTED;
  }

  /** Until its last row is deleted, a document that comes back must not pass for unchanged. */
  @Override
  public @Nullable Row row(DocumentGraph graph, Result result) {
    return result.state() == State.INCOMPLETE
        ? ((LedgerRow) result.decision().memory())
            .toBuilder().setOutcome(Outcome.INCOMPLETE).build().toRow()
        : null;
  }
}
