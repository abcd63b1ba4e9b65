package org.irisgraph.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.graphrag.GraphTables;
import org.irisgraph.iris.spec.WriteDecision;
import org.irisgraph.jdbc.Row;

/**
 * Records that unchanged documents have vectors of the run's model. A document whose text the model
 * does not embed is stale, as after any other failure.
 */
public final class RenewalLedger extends LedgerOutcomes {

  private final Ledger failures;

  /** The ledger of a run. */
  public RenewalLedger(LedgerSettings settings, GraphTables tables) {
    super(settings);
    this.failures = new Ledger(settings, tables);
  }

  @Override
  public Map<String, Set<String>> lookUps(DocumentGraph graph) {
    return graph.isFailed()
        ? failures.lookUps(graph)
        : Map.of("ledger_key", Set.of(settings.documentKey(graph.requireDocumentId())));
  }

  @Override
  public WriteDecision decide(DocumentGraph graph, List<Row> found) {
    if (graph.isFailed()) {
      return failures.decide(graph, found);
    }
    // Nothing is new but the vectors, so that no row of the document can be stale.
    return outdated(graph, found).isPresent()
        ? WriteDecision.write().keepingContent()
        : WriteDecision.refuse("CHANGED", "the document has changed since it was read");
  }

  @Override
  public Optional<Row> row(DocumentGraph graph, List<Row> found, Result result) {
    if (graph.isFailed()) {
      return failures.row(graph, found, result);
    }
    // Until the last vector is stored, they count as those of the former model.
    return result.state() == State.STORED
        ? outdated(graph, found).map(document -> renewed(document, result).toRow())
        : Optional.empty();
  }

  private LedgerRow renewed(LedgerRow document, Result result) {
    LedgerRow renewed =
        document.toBuilder().setFingerprint(settings.fingerprint().stored()).build();
    if (result.rejected().isEmpty()) {
      return renewed;
    }
    List<Reasons.Reason> reasons = new ArrayList<>(Reasons.parse(document.reasons()));
    reasons.addAll(Reasons.of(result.rejected()));
    return renewed.toBuilder()
        .setOutcome(Outcome.PARTIAL)
        .setReasons(Reasons.toJson(reasons))
        .build();
  }

  /** The document's row, unless another place has given the document since it was read. */
  private Optional<LedgerRow> outdated(DocumentGraph graph, List<Row> found) {
    return found.stream()
        .map(LedgerRow::of)
        .filter(document -> document.pipeline().equals(settings.pipeline()))
        .filter(document -> document.seenRunId().equals(settings.runId()))
        .filter(document -> document.contentHash().equals(graph.contentHash()))
        .filter(document -> document.origin().samePlace(graph.origin()))
        .filter(document -> document.outcome() != Outcome.INCOMPLETE && !document.stale())
        .findFirst();
  }
}
