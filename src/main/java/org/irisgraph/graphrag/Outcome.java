package org.irisgraph.graphrag;

import java.util.Locale;

/** What became of a document. */
public enum Outcome {
  /** All of it is in the tables. */
  INDEXED,
  /** It is in the tables, but for some of its rows. */
  PARTIAL,
  /** Nothing of it is in the tables. */
  REJECTED,
  /** It takes several transactions, and the last is yet to come. */
  INCOMPLETE;

  /** The value in the ledger. */
  public String column() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Outcome of(String column) {
    return valueOf(column.toUpperCase(Locale.ROOT));
  }
}
