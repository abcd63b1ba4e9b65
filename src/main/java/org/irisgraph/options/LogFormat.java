package org.irisgraph.options;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The format of log lines on standard error. */
public enum LogFormat {
  /** One line of plain text. */
  @JsonProperty("text")
  TEXT,
  /** One JSON object per line. */
  @JsonProperty("json")
  JSON
}
