package org.irisgraph.jdbc;

/**
 * A keyword of IRIS that turns off a safeguard of a statement. Each needs the administrative
 * privilege of its name ({@code GRANT %NOLOCK TO user}), without which the server answers SQLCODE
 * 99. The outcome table is always written without hints.
 */
public enum IrisHint {
  /**
   * Does not lock rows, so that other processes may read or change them before the commit. Safe
   * only while no other process writes to the tables.
   */
  NOLOCK,
  /**
   * Checks neither unique keys, foreign keys nor the columns' rules, so that an existing key is
   * stored a second time. Only for plain inserts: it would turn off the update of {@code INSERT OR
   * UPDATE}.
   */
  NOCHECK,
  /**
   * Does not update indexes, so that neither queries nor unique and foreign keys find the rows
   * until the caller runs {@link Dialect#buildIndexes}. Only for plain inserts into tables that are
   * empty at first.
   */
  NOINDEX;

  /** The keyword in a statement. */
  String keyword() {
    return "%" + name();
  }
}
