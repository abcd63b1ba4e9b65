package org.irisgraph.iris;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What is done when a row cannot be stored. */
public enum OnBadRow {
  /** The row is rejected, and each row of its element that refers to it. */
  @JsonProperty("skip")
  SKIP,
  /** Nothing of the row's element is stored. */
  @JsonProperty("reject-document")
  REJECT_DOCUMENT,
  /** Nothing of the row's batch is stored and the write fails. */
  @JsonProperty("stop")
  STOP
}
