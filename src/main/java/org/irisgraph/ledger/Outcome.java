package org.irisgraph.ledger;

import java.util.Locale;

/** The outcome of a document. */
public enum Outcome {
  /** All rows are in the tables. */
  INDEXED,
  /** The document is in the tables without some of its rows. */
  PARTIAL,
  /** No row is in the tables. */
  REJECTED,
  /** The document takes several transactions, of which the last is missing. */
  INCOMPLETE;

  /** The value in the ledger. */
  public String column() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Outcome of(String column) {
    return valueOf(column.toUpperCase(Locale.ROOT));
  }
}
