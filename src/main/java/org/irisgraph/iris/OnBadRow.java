package org.irisgraph.iris;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What happens to a document when one of its rows cannot be stored. */
public enum OnBadRow {
  /** The row is rejected, the document is stored without it. */
  @JsonProperty("skip")
  SKIP,
  /** The document is rejected with all its rows. */
  @JsonProperty("reject-document")
  REJECT_DOCUMENT,
  /** The run fails. */
  @JsonProperty("stop")
  STOP
}
