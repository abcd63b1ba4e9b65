package org.irisgraph.extract.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.irisgraph.endpoint.CallFailure;
import org.irisgraph.endpoint.ErrorBody;
import org.irisgraph.endpoint.Service;
import org.irisgraph.endpoint.TokenUsage;
import org.irisgraph.extract.llm.AnswerExtractor.Rejection;
import org.jspecify.annotations.Nullable;

/**
 * A server's response to a chat request.
 *
 * @param content the model's output; may be empty
 * @param problem why the output is incomplete, null if it is complete
 * @param usage the tokens that the server reports, null if it does not
 */
record ChatReply(String content, @Nullable Rejection problem, @Nullable TokenUsage usage) {

  static final String MALFORMED = Service.LANGUAGE_MODEL.code(CallFailure.MALFORMED);
  static final String TRUNCATED = "LLM_TRUNCATED";
  static final String REFUSED = Service.LANGUAGE_MODEL.code(CallFailure.REFUSED);

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads the body of a response.
   *
   * @throws CallFailure if it is no chat completion, as from a server that is no model
   */
  static ChatReply of(String body) throws CallFailure {
    JsonNode json;
    try {
      json = JSON.readTree(EventStream.isStream(body) ? EventStream.completion(body) : body);
    } catch (JsonProcessingException e) {
      json = JSON.missingNode();
    }
    JsonNode error = ErrorBody.reported(json);
    if (!error.isMissingNode()) {
      // Some gateways report errors with status 200.
      throw new CallFailure(
          CallFailure.Kind.TRANSIENT,
          "LLM_ERROR",
          "an error with a status of success" + ErrorBody.suffix(error.toString()),
          0);
    }
    if (!json.path("choices").isArray()) {
      throw new CallFailure(
          CallFailure.Kind.REFUSED, MALFORMED, "the response is not a chat completion", 0);
    }
    JsonNode choice = json.path("choices").path(0);
    JsonNode message = choice.path("message");
    String content = content(message.path("content"));
    String reasoning =
        message.path("reasoning_content").asText(message.path("reasoning").asText(""));
    String finishReason = choice.path("finish_reason").asText("");
    boolean isCut = finishReason.equals("length");
    if (content.isBlank() && !isCut && reasoning.indexOf('{') >= 0) {
      // Some servers take all that a model writes for its reasoning.
      content = reasoning;
    }
    boolean isRefused =
        finishReason.equals("content_filter") || message.path("refusal").isTextual();
    return new ChatReply(
        content,
        problem(isCut, isRefused, content, !reasoning.isBlank()),
        usage(json.path("usage")));
  }

  private static @Nullable Rejection problem(
      boolean isCut, boolean isRefused, String content, boolean hasReasoning) {
    if (isCut && (content.isBlank() ? hasReasoning : AnswerParser.isUnfinishedReasoning(content))) {
      return new Rejection(
          TRUNCATED,
          "the model used all tokens of the answer for its reasoning: turn that off or down with"
              + " llmExtraBody, or raise llmTokensPerCall");
    }
    if (isCut) {
      return new Rejection(TRUNCATED, "the answer is truncated because it is too long");
    }
    if (isRefused) {
      return new Rejection(REFUSED, "the model refuses to answer");
    }
    return content.isBlank() ? new Rejection(MALFORMED, "the answer is empty") : null;
  }

  private static @Nullable TokenUsage usage(JsonNode usage) {
    long read = count(usage, "prompt_tokens");
    long written = count(usage, "completion_tokens");
    return read < 0 || written < 0 ? null : new TokenUsage(read, written, false);
  }

  /** A string, or the list of parts that some servers send. */
  private static String content(JsonNode content) {
    if (!content.isArray()) {
      return content.asText("");
    }
    StringBuilder text = new StringBuilder();
    for (JsonNode part : content) {
      if (!part.path("type").asText("").equals("thinking")) {
        text.append(part.isTextual() ? part.textValue() : part.path("text").asText(""));
      }
    }
    return text.toString();
  }

  private static long count(JsonNode usage, String field) {
    JsonNode count = usage.path(field);
    return count.canConvertToLong() && count.asLong() >= 0 ? count.asLong() : -1;
  }
}
