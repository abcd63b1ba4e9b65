package org.irisgraph.jdbc;

/**
 * A keyword of IRIS that makes a statement do less than it should. Each needs the administrative
 * privilege of its name ({@code GRANT %NOLOCK TO user}), without which the server answers SQLCODE
 * 99, and each gives up something that holds otherwise. The outcome table is always written without
 * hints.
 */
public enum IrisHint {
  /**
   * Rows are not locked: nothing keeps another process from changing or reading them half-way. Safe
   * only while nobody else writes to the tables.
   */
  NOLOCK,
  /**
   * Neither unique and foreign keys nor the columns' own rules are checked, so that a key that
   * exists is stored a second time. Only for plain inserts: on {@code INSERT OR UPDATE} it would
   * turn off the update.
   */
  NOCHECK,
  /**
   * No index is kept, so that rows are found neither by queries nor by unique and foreign keys
   * until whoever asked for it runs {@link Dialect#buildIndexes}. Only for plain inserts into
   * tables that are empty at first.
   */
  NOINDEX;

  /** As it is written in a statement. */
  String keyword() {
    return "%" + name();
  }
}
