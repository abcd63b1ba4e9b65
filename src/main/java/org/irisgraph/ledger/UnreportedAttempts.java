package org.irisgraph.ledger;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.irisgraph.jdbc.ConnectionSettings;

/**
 * Parse attempts that have ended but are still in the database because of an outage. Kept in this
 * JVM until the database is back: their rows would otherwise count as ends of workers.
 */
final class UnreportedAttempts {

  /** Far more than are parsed at the same time; further ones remain in the table. */
  static final int MAX_KEPT = 1000;

  private static final Set<Unended> KEPT = new LinkedHashSet<>();

  /** An attempt whose end the database has not recorded. */
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

  /** The attempts of a pipeline's table. */
  static List<Unended> of(ConnectionSettings connection, ParseAttemptTable table) {
    synchronized (KEPT) {
      return KEPT.stream()
          .filter(kept -> kept.connection().equals(connection) && kept.table().equals(table))
          .toList();
    }
  }

  /** Removes attempts whose end the database has recorded. */
  static void forget(List<Unended> reported) {
    synchronized (KEPT) {
      reported.forEach(KEPT::remove);
    }
  }
}
