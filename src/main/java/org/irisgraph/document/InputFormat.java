package org.irisgraph.document;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The formats that documents are read from. */
public enum InputFormat {
  /** Found out for each file by its ending and its content. */
  @JsonProperty("auto")
  AUTO,
  @JsonProperty("text")
  TEXT,
  @JsonProperty("markdown")
  MARKDOWN,
  @JsonProperty("jsonl")
  JSONL,
  @JsonProperty("jats")
  JATS
}
