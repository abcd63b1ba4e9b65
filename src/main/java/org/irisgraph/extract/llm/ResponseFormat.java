package org.irisgraph.extract.llm;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a server is told which form an answer is to have. */
public enum ResponseFormat {
  /** By a JSON schema, which the server holds the model to. */
  @JsonProperty("json_schema")
  JSON_SCHEMA,
  /** That it is to be JSON; the form stands in the instructions alone. */
  @JsonProperty("json_object")
  JSON_OBJECT,
  /** Not at all, for servers that refuse the field. */
  @JsonProperty("none")
  NONE
}
