package org.irisgraph.graphrag;

import java.util.List;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.iris.OutcomeTable;

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

  @Override
  public final String key() {
    return "ledger_key";
  }
}
