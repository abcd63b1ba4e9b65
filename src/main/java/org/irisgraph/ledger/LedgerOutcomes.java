package org.irisgraph.ledger;

import java.util.List;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.graph.Failure;
import org.irisgraph.iris.spec.OutcomeTable;
import org.irisgraph.jdbc.Row;

/** The ledger's table, columns and key for outcome tables. */
abstract class LedgerOutcomes implements OutcomeTable<DocumentGraph> {

  final LedgerSettings settings;

  LedgerOutcomes(LedgerSettings settings) {
    this.settings = settings;
  }

  @Override
  public final String table() {
    return settings.table();
  }

  @Override
  public final List<String> columns() {
    return LedgerRow.COLUMNS;
  }

  /** A document that could not be stored; one that failed before keeps its own reason. */
  @Override
  public final DocumentGraph refused(DocumentGraph graph, String code, String message) {
    return graph.isFailed()
        ? graph
        : DocumentGraph.failed(
            graph.documentId(),
            graph.origin(),
            new Failure(
                Failure.Stage.STORE,
                code,
                "the database cannot hold the document's id or source: " + message));
  }

  @Override
  public final Row storable(Row row) {
    return LedgerRow.of(row).storable().toRow();
  }

  @Override
  public final String key() {
    return "ledger_key";
  }
}
