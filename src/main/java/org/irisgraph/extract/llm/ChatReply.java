package org.irisgraph.extract.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * What a server has answered.
 *
 * @param content what the model wrote; empty if it wrote nothing
 * @param problem why the content is not whole, else null
 * @param code of the problem, as in {@code LLM_TRUNCATED}, else null
 * @param promptTokens as the server counts them, -1 if it does not
 * @param completionTokens the same for the content
 */
record ChatReply(
    String content, String code, String problem, long promptTokens, long completionTokens) {

  static final String MALFORMED = "LLM_MALFORMED";
  static final String TRUNCATED = "LLM_TRUNCATED";
  static final String REFUSED = "LLM_REFUSED";

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads the body of a response.
   *
   * @throws CallFailure if it is not that of a chat: what answers there may be no model at all
   */
  static ChatReply of(String body) throws CallFailure {
    JsonNode json;
    try {
      json = JSON.readTree(body);
    } catch (JsonProcessingException e) {
      json = JSON.missingNode();
    }
    if (!json.path("choices").isArray()) {
      // Some gateways tell of an error with the status of a success.
      boolean isError = json.has("error");
      throw new CallFailure(
          isError ? CallFailure.Kind.TRANSIENT : CallFailure.Kind.REFUSED,
          isError ? "LLM_ERROR" : MALFORMED,
          isError
              ? "an error with the status of a success" + ChatClient.message(body)
              : "the response is not that of a chat",
          0);
    }
    JsonNode choice = json.path("choices").path(0);
    JsonNode message = choice.path("message");
    String content = content(message.path("content"));
    String finish = choice.path("finish_reason").asText("");
    String code = null;
    String problem = null;
    if (finish.equals("length")) {
      code = TRUNCATED;
      problem = "the answer breaks off, since it is too long";
    } else if (finish.equals("content_filter") || message.path("refusal").isTextual()) {
      code = REFUSED;
      problem = "the model refuses to answer";
    } else if (content.isBlank()) {
      code = MALFORMED;
      problem = "the answer is empty";
    }
    JsonNode usage = json.path("usage");
    return new ChatReply(
        content, code, problem, count(usage, "prompt_tokens"), count(usage, "completion_tokens"));
  }

  /** A string; or a list of parts, as some servers have it. */
  private static String content(JsonNode content) {
    if (!content.isArray()) {
      return content.asText("");
    }
    StringBuilder text = new StringBuilder();
    content.forEach(part -> text.append(part.path("text").asText("")));
    return text.toString();
  }

  private static long count(JsonNode usage, String field) {
    JsonNode count = usage.path(field);
    return count.canConvertToLong() && count.asLong() >= 0 ? count.asLong() : -1;
  }
}
