package org.irisgraph.ledger;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.graph.PassageIds;
import org.irisgraph.graphrag.GraphTables;
import org.irisgraph.iris.spec.WriteDecision;
import org.irisgraph.jdbc.Row;

/**
 * Deletes documents that are missing from the input: a document is replaced by nothing, so that all
 * its rows are stale, and its ledger row is deleted with the last of them.
 */
public final class RemovalLedger extends LedgerOutcomes {

  private final GraphTables tables;

  /** Deletes the documents that the run of these settings has not seen. */
  public RemovalLedger(LedgerSettings settings, GraphTables tables) {
    super(settings);
    this.tables = tables;
  }

  /** By today's key, and by the one that {@link LedgerKeyUpgrade} had to leave to a duplicate. */
  @Override
  public Map<String, Set<String>> lookUps(DocumentGraph graph) {
    String id = graph.requireDocumentId();
    return Map.of(
        "ledger_key", new TreeSet<>(List.of(settings.documentKey(id), LedgerKeys.document(id))));
  }

  @Override
  public WriteDecision decide(DocumentGraph graph, List<Row> found) {
    Optional<LedgerRow> missing = missing(graph, found);
    if (missing.isEmpty()) {
      return WriteDecision.refuse("SEEN", "the document exists again");
    }
    if (isIndexedInPlace(missing.get())) {
      return WriteDecision.refuse("IN_PLACE", "the document's row belongs to another application");
    }
    WriteDecision decision =
        ofDocument(graph, found).count() > 1
            ? WriteDecision.refuse("SEEN", "the document has a row with today's key, too")
            : WriteDecision.replace()
                .owning(PassageIds.first(graph.requireDocumentId(), missing.get().passages()));
    return decision.forgetting(List.of(missing.get().ledgerKey()));
  }

  private Optional<LedgerRow> missing(DocumentGraph graph, List<Row> found) {
    return ofDocument(graph, found)
        .filter(document -> !document.seenRunId().equals(settings.runId()))
        .findFirst();
  }

  private Stream<LedgerRow> ofDocument(DocumentGraph graph, List<Row> found) {
    return found.stream()
        .map(LedgerRow::of)
        .filter(document -> document.pipeline().equals(settings.pipeline()))
        .filter(document -> graph.requireDocumentId().equals(document.documentId()));
  }

  /** Whether it was indexed in place: a run that writes documents would delete its row, too. */
  private boolean isIndexedInPlace(LedgerRow document) {
    return !tables.isInPlace()
        && document.documentRows() == 0
        && document.outcome() != Outcome.REJECTED;
  }

  /**
   * Marks a document as incomplete until its last row is deleted: if it is read again before, it
   * must not count as unchanged.
   */
  @Override
  public Optional<Row> row(DocumentGraph graph, List<Row> found, Result result) {
    return result.state() == State.INCOMPLETE
        ? missing(graph, found)
            .map(document -> document.toBuilder().setOutcome(Outcome.INCOMPLETE).build().toRow())
        : Optional.empty();
  }
}
