package org.irisgraph.iris.wire;

import java.util.HashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.concurrent.TimeUnit;

/**
 * The locks of tables. Documented (LockThreshold, 1,000 by default): the row of a table that a
 * transaction changes beyond the threshold turns its locks of rows into a lock of the table. The
 * locks of rows are H2's.
 *
 * <p>A choice: whoever wants the lock waits until no other session has changed rows of the table in
 * a transaction that goes on, as long as for a row, and then has a conflict (110).
 */
final class TableLocks {
  private final long timeoutMillis;
  private final Map<String, Object> owners = new HashMap<>();
  private final Map<Object, Map<String, Integer>> changedRows = new HashMap<>();
  private int threshold = 1_000;
  private int escalations;

  TableLocks(long timeoutMillis) {
    this.timeoutMillis = timeoutMillis;
  }

  synchronized void setThreshold(int rows) {
    threshold = rows;
  }

  synchronized int threshold() {
    return threshold;
  }

  /** Waits until no other session has locked the table. */
  synchronized void awaitTable(Object session, String table) throws ServerException {
    await(() -> owners.getOrDefault(table, session) == session);
  }

  /** Counts changed rows, and locks the table when there are too many. */
  synchronized void changed(Object session, String table, int rows) throws ServerException {
    int total =
        changedRows
            .computeIfAbsent(session, key -> new HashMap<>())
            .merge(table, rows, Integer::sum);
    if (total > threshold && owners.get(table) != session) {
      await(() -> owners.getOrDefault(table, session) == session && !othersChanged(session, table));
      owners.put(table, session);
      escalations++;
    }
  }

  /** Ends the session's transaction. */
  synchronized void release(Object session) {
    changedRows.remove(session);
    owners.values().removeIf(owner -> owner == session);
    notifyAll();
  }

  /** The tables that are locked. */
  synchronized int locked() {
    return owners.size();
  }

  /** How often a table was locked. */
  synchronized int escalations() {
    return escalations;
  }

  private boolean othersChanged(Object session, String table) {
    for (Entry<Object, Map<String, Integer>> entry : changedRows.entrySet()) {
      if (entry.getKey() != session && entry.getValue().getOrDefault(table, 0) > 0) {
        return true;
      }
    }
    return false;
  }

  private interface State {
    boolean isReached();
  }

  private void await(State state) throws ServerException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    try {
      while (!state.isReached()) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
          throw ServerException.lockConflict();
        }
        wait(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ServerException.lockConflict();
    }
  }
}
