package org.irisgraph.iris.batch;

import org.jspecify.annotations.Nullable;

/**
 * A row to delete, or one whose owner is a row to delete.
 *
 * @param foreign whether another program has stored it
 * @param newOwner the owner that it gets; null for a row to delete
 */
record StaleRow(String id, boolean foreign, @Nullable String newOwner) {

  /** A row to delete. */
  StaleRow(String id, boolean foreign) {
    this(id, foreign, null);
  }
}
