package org.irisgraph.iris.spec;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How rows are sent to the database. */
public enum StorageMode {
  /** Many elements in one transaction, one batch statement for each table. */
  @JsonProperty("batch")
  BATCH,
  /** One element in one transaction, one statement for each row: the baseline. */
  @JsonProperty("individual")
  INDIVIDUAL
}
