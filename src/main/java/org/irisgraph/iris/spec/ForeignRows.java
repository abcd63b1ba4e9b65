package org.irisgraph.iris.spec;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How to treat rows that other programs have stored for an element that is written here too; see
 * {@link TableWrite#withForeignRows}.
 */
public enum ForeignRows {
  /** Keeps them, and our rows that they refer to. */
  @JsonProperty("keep")
  KEEP,
  /**
   * Deletes them in the transaction that stores the element, except those that rows of other
   * elements refer to.
   */
  @JsonProperty("replace")
  REPLACE
}
