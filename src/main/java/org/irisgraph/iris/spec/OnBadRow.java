package org.irisgraph.iris.spec;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How to treat a row that cannot be stored. */
public enum OnBadRow {
  /** Rejects the row, and each row of its element that refers to it. */
  @JsonProperty("skip")
  SKIP,
  /** Stores nothing of the row's element. */
  @JsonProperty("reject-document")
  REJECT_DOCUMENT,
  /** Stores nothing of the row's batch and fails the write. */
  @JsonProperty("stop")
  STOP
}
