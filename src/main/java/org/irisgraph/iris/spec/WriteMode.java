package org.irisgraph.iris.spec;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The statement that stores a new row. */
public enum WriteMode {
  /** Inserts a row, or updates it if its key exists. */
  @JsonProperty("upsert")
  UPSERT,
  /**
   * Inserts a row without an update, which on IRIS is eligible for Fast Insert. It is used for the
   * first attempt at a batch of new elements; everything else is upserted. The tables end up the
   * same, and an existing key costs a roll-back.
   */
  @JsonProperty("insert")
  INSERT
}
