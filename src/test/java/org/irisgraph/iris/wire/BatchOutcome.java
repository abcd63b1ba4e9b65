package org.irisgraph.iris.wire;

import java.util.List;

/**
 * What became of the rows of a batch.
 *
 * @param counts the update count of every row, {@link #FAILED} for one that is not stored
 * @param code the SQLCODE of the first bad row, 0 where there is none
 * @param message of the first bad row
 * @param refused whether nothing is stored
 */
record BatchOutcome(List<Integer> counts, int code, String message, boolean refused) {
  /** The count of a row that failed. */
  static final int FAILED = -3;

  static BatchOutcome stored(List<Integer> counts) {
    return new BatchOutcome(counts, 0, "", false);
  }

  static BatchOutcome refused(int code, String message) {
    return new BatchOutcome(List.of(), code, message, true);
  }

  /**
   * Observed: on the standard path the driver reads a count for every row.
   *
   * @param withoutCode whether bad rows among several show by their counts alone
   */
  Reply standardReply(boolean withoutCode) {
    if (refused) {
      return Reply.refused(code);
    }
    ListWriter body = new ListWriter();
    for (int count : counts) {
      body.integer(count);
    }
    boolean silent = withoutCode && counts.size() > 1;
    return code == 0 || silent ? Reply.success(body) : Reply.refused(code, body);
  }

  /**
   * Observed: on the fast path the driver reads the count of a single row, and the numbers of the
   * bad ones among several, with one code and message for all.
   */
  Reply fastReply() {
    if (refused || (counts.size() == 1 && code != 0)) {
      return Reply.refused(code);
    }
    ListWriter body = new ListWriter();
    if (counts.size() == 1) {
      return Reply.success(body.integer(counts.get(0)));
    }
    ListWriter failed = new ListWriter();
    int failures = 0;
    for (int i = 0; i < counts.size(); i++) {
      if (counts.get(i) == FAILED) {
        failures++;
        failed.integer(i + 1);
      }
    }
    body.integer(failures);
    if (failures > 0) {
      body.integer(code).string(message).append(failed);
    }
    return Reply.success(body);
  }
}
