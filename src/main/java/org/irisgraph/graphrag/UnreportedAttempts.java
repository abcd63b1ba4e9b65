package org.irisgraph.graphrag;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.irisgraph.jdbc.ConnectionSettings;

/**
 * What this JVM could not tell the database, which was away for too long: that attempts to parse
 * have ended. Kept beyond the reader that fails with it, until the database answers again; their
 * rows would blame files for a worker's end that never came.
 */
final class UnreportedAttempts {

  /** Far more than are parsed at once; what goes beyond stays in the table. */
  static final int MAX_KEPT = 1000;

  private static final Set<Unended> KEPT = new LinkedHashSet<>();

  /** An attempt that has ended, but not in the database. */
  record Unended(
      ConnectionSettings connection, ParseAttemptTable table, String source, String attemptId) {}

  private UnreportedAttempts() {}

  static void keep(Unended attempt) {
    synchronized (KEPT) {
      if (KEPT.size() < MAX_KEPT) {
        KEPT.add(attempt);
      }
    }
  }

  /** Those of a pipeline's table. */
  static List<Unended> of(ConnectionSettings connection, ParseAttemptTable table) {
    synchronized (KEPT) {
      return KEPT.stream()
          .filter(kept -> kept.connection().equals(connection) && kept.table().equals(table))
          .toList();
    }
  }

  /** The database has been told. */
  static void forget(List<Unended> told) {
    synchronized (KEPT) {
      told.forEach(KEPT::remove);
    }
  }
}
