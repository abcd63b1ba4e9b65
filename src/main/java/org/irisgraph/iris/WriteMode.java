package org.irisgraph.iris;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which statement brings a new row into its table. */
public enum WriteMode {
  /** One that updates the row if its key exists. */
  @JsonProperty("upsert")
  UPSERT,
  /**
   * A plain INSERT, which on IRIS may take the path of Fast Insert, and an upsert is not eligible
   * for it. It is tried once for a batch of elements that are new; whatever else there is to store,
   * and each further attempt, is left to upserts. So the tables end up the same, and a key that
   * exists costs a roll-back and no row.
   */
  @JsonProperty("insert")
  INSERT
}
