package org.irisgraph.iris;

/**
 * How an attempt at a unit sends its rows.
 *
 * @param insert by plain inserts, if all elements of the unit are new; else by upserts
 * @param isolate looking for the bad rows of a batch
 * @param rowByRow each row in a statement of its own
 */
record AttemptMode(boolean insert, boolean isolate, boolean rowByRow) {

  /** That of the first attempt. */
  static AttemptMode first(WritePlan<?> plan) {
    return new AttemptMode(
        plan.statements().inserts(), false, plan.storageMode() == StorageMode.INDIVIDUAL);
  }

  /** After any failure: what has become of the rows is open, and only an upsert does not care. */
  AttemptMode upserting() {
    return new AttemptMode(false, isolate, rowByRow);
  }

  AttemptMode isolating() {
    return new AttemptMode(insert, true, rowByRow);
  }

  AttemptMode rowByRowIsolating() {
    return new AttemptMode(insert, true, true);
  }
}
