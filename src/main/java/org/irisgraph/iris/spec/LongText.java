package org.irisgraph.iris.spec;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What happens to a text that has more characters than a string of IRIS, 3,641,144. */
public enum LongText {
  /** It is sent as a stream, before the row; that the server takes it is not shown on any IRIS. */
  @JsonProperty("stream")
  STREAM,
  /** Its row is rejected as {@code TOO_LONG} before anything is sent. */
  @JsonProperty("string")
  STRING
}
