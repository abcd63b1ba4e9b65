package org.irisgraph.extract.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Joins a completion that a server sends in events, although it was not asked to. */
final class EventStream {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DATA = "data:";

  private EventStream() {}

  /** Whether the body of a response is a stream of events. */
  static boolean isStream(String body) {
    return body.stripLeading().startsWith(DATA);
  }

  /**
   * The completion as one JSON object.
   *
   * @throws JsonProcessingException if an event is not JSON
   */
  static String completion(String body) throws JsonProcessingException {
    ObjectNode completion = JSON.createObjectNode();
    ObjectNode choice = completion.putArray("choices").addObject();
    StringBuilder content = new StringBuilder();
    for (String line : body.lines().toList()) {
      String data = line.startsWith(DATA) ? line.substring(DATA.length()).strip() : "";
      if (!data.startsWith("{")) {
        continue;
      }
      JsonNode event = JSON.readTree(data);
      if (event.has("error")) {
        return data;
      }
      JsonNode first = event.path("choices").path(0);
      content.append(first.path("delta").path("content").asText(""));
      if (first.path("finish_reason").isTextual()) {
        choice.set("finish_reason", first.get("finish_reason"));
      }
      if (event.path("usage").isObject()) {
        completion.set("usage", event.get("usage"));
      }
    }
    choice.putObject("message").put("content", content.toString());
    return completion.toString();
  }
}
