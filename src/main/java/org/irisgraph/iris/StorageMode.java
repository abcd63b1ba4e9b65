package org.irisgraph.iris;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How rows travel to the database. */
public enum StorageMode {
  /** Many rows in one statement and one transaction. */
  @JsonProperty("batch")
  BATCH,
  /** Row by row: the baseline that batches are measured against. */
  @JsonProperty("individual")
  INDIVIDUAL
}
