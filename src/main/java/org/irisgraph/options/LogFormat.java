package org.irisgraph.options;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How log lines look on standard error. */
public enum LogFormat {
  /** One line for people. */
  @JsonProperty("text")
  TEXT,
  /** One JSON object a line. */
  @JsonProperty("json")
  JSON
}
