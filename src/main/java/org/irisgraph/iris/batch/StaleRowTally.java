package org.irisgraph.iris.batch;

import java.util.HashSet;
import java.util.Set;

/**
 * Counts the deleted and kept rows of a batch over all its transactions and attempts. It counts
 * keys, so that a row is counted once even if a commit in doubt was repeated.
 */
final class StaleRowTally {
  private final Set<String> replaced = new HashSet<>();
  private final Set<String> held = new HashSet<>();

  void deleted(int table, String id, boolean foreign) {
    String key = key(table, id);
    held.remove(key);
    if (foreign) {
      replaced.add(key);
    }
  }

  void held(int table, Set<String> ids) {
    ids.forEach(id -> held.add(key(table, id)));
  }

  private static String key(int table, String id) {
    return table + ":" + id;
  }

  /** How many rows of other programs were deleted. */
  int replaced() {
    return replaced.size();
  }

  /** How many rows stay because rows of other programs refer to them. */
  int held() {
    return held.size();
  }
}
