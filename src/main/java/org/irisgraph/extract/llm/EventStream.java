package org.irisgraph.extract.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Pattern;
import org.irisgraph.endpoint.ErrorBody;

/** Joins a completion that a server sends in events, although it was not asked to. */
final class EventStream {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DATA = "data:";
  private static final String EVENT = "event:";
  private static final Pattern FIRST_LINE = Pattern.compile("\\s*(?:data|event|id|retry)?:");

  private EventStream() {}

  /** Whether the body of a response is a stream of events; comments may precede them. */
  static boolean isStream(String body) {
    return FIRST_LINE.matcher(body).lookingAt();
  }

  /**
   * The completion as one JSON object, or the event that reports an error.
   *
   * @throws JsonProcessingException if an event is not JSON
   */
  static String completion(String body) throws JsonProcessingException {
    ObjectNode completion = JSON.createObjectNode();
    ObjectNode choice = completion.putArray("choices").addObject();
    StringBuilder content = new StringBuilder();
    boolean isError = false;
    for (String line : body.lines().toList()) {
      if (line.startsWith(EVENT)) {
        isError = line.substring(EVENT.length()).strip().equals("error");
      }
      String data = line.startsWith(DATA) ? line.substring(DATA.length()).strip() : "";
      if (!data.startsWith("{")) {
        continue;
      }
      JsonNode event = JSON.readTree(data);
      JsonNode error = isError ? event : ErrorBody.reported(event);
      if (!error.isMissingNode()) {
        return JSON.createObjectNode().set("error", error).toString();
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
