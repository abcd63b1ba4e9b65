package org.irisgraph.iris.batch;

import org.irisgraph.iris.spec.StorageMode;

/**
 * How an attempt at a batch sends its rows.
 *
 * @param insert whether to use plain inserts if all elements of the batch are new, otherwise
 *     upserts
 * @param isolate whether to find the bad rows of the batch
 * @param rowByRow whether to send each row in a statement of its own
 */
record AttemptMode(boolean insert, boolean isolate, boolean rowByRow) {

  /** The mode of the first attempt. */
  static AttemptMode first(WritePlan<?> plan) {
    return new AttemptMode(
        plan.statements().inserts(), false, plan.storageMode() == StorageMode.INDIVIDUAL);
  }

  /** The mode after a failure: an upsert is right whether or not the rows have been stored. */
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
