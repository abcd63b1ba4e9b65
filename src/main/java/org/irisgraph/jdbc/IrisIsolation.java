package org.irisgraph.jdbc;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The isolation of transactions on IRIS. Other databases keep their default. */
public enum IrisIsolation {
  /** Look-ups before a write wait for rows that another transaction has changed. */
  @JsonProperty("readCommitted")
  READ_COMMITTED,
  /**
   * The default of IRIS, for servers that refuse the other: a look-up may find what another
   * transaction rolls back.
   */
  @JsonProperty("readUncommitted")
  READ_UNCOMMITTED
}
