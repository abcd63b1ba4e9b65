package org.irisgraph.extract.llm;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a request asks for an answer in JSON. */
public enum ResponseFormat {
  /** By a JSON schema, which the server enforces. */
  @JsonProperty("json_schema")
  JSON_SCHEMA,
  /** For any JSON; only the instructions describe its structure. */
  @JsonProperty("json_object")
  JSON_OBJECT,
  /** Not at all, for servers that reject the field. */
  @JsonProperty("none")
  NONE
}
