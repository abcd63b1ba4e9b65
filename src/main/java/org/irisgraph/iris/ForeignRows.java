package org.irisgraph.iris;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What becomes of rows that others have stored for an element that is written here, too; see {@link
 * TableWrite#withForeignRows}.
 */
public enum ForeignRows {
  /** They stay, and with them each row of ours that they refer to. */
  @JsonProperty("keep")
  KEEP,
  /**
   * They are deleted in the transaction that stores the element, but for those that a row of
   * another element refers to.
   */
  @JsonProperty("replace")
  REPLACE
}
