package org.irisgraph.options;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which documents a run extracts and stores again. */
public enum Reindex {
  /** Those whose content or settings differ from the ledger's. */
  @JsonProperty("changed")
  CHANGED,
  @JsonProperty("all")
  ALL
}
