package org.irisgraph.extract.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.irisgraph.endpoint.TokenCounter;
import org.jspecify.annotations.Nullable;

/**
 * A chat request about some texts. They are JSON strings in its body, so that no text can pose as
 * an instruction or another document.
 *
 * @param correction what was wrong with the previous answer, null in a first request
 */
record ChatRequest(Prompt prompt, Map<String, String> textsById, @Nullable Correction correction) {

  /** Always the most probable token. */
  static final int TEMPERATURE = 0;

  /** For servers that sample even at temperature 0. */
  static final int SEED = 42;

  /**
   * Share of the context that stays free, since servers reject requests that could exceed it and
   * their token counts differ from ours.
   */
  private static final double HEADROOM = 0.1;

  private static final int LEAST_ANSWER_TOKENS = 256;

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What was wrong with the previous answer.
   *
   * @param answer the start of that answer, empty if it was about other documents as well
   */
  record Correction(String problem, String answer) {}

  ChatRequest {
    textsById = new LinkedHashMap<>(textsById);
  }

  /** Number of tokens that the model reads. */
  int promptTokens() {
    int tokens = prompt.systemTokens() + textTokens();
    if (correction != null) {
      tokens += TokenCounter.count(correction.answer()) + TokenCounter.count(correction.problem());
    }
    return tokens;
  }

  /** Number of tokens of the texts, without the instructions. */
  int textTokens() {
    return TokenCounter.count(documents());
  }

  /** The body in JSON. */
  String body(RequestForm form) {
    ObjectNode request = JSON.createObjectNode();
    request.put("model", prompt.model());
    if (form.has(RequestForm.TEMPERATURE)) {
      request.put(RequestForm.TEMPERATURE, TEMPERATURE);
    }
    if (form.has(RequestForm.SEED)) {
      request.put(RequestForm.SEED, SEED);
    }
    int free = (int) (prompt.tokensPerCall() * (1 - HEADROOM)) - promptTokens();
    form.tokenLimit().ifPresent(field -> request.put(field, Math.max(LEAST_ANSWER_TOKENS, free)));
    ArrayNode messages = request.putArray("messages");
    message(messages, "system", prompt.system());
    message(messages, "user", documents());
    if (correction != null) {
      if (!correction.answer().isEmpty()) {
        message(messages, "assistant", correction.answer());
      }
      message(
          messages,
          "user",
          "Your answer could not be used: %s. Answer again, with JSON in the given form and nothing else."
              .formatted(correction.problem()));
    }
    if (form.has(RequestForm.RESPONSE_FORMAT)) {
      ObjectNode responseFormat = request.putObject(RequestForm.RESPONSE_FORMAT);
      if (form.format() == ResponseFormat.JSON_OBJECT) {
        responseFormat.put("type", "json_object");
      } else {
        responseFormat.put("type", "json_schema");
        responseFormat
            .putObject("json_schema")
            .put("name", "knowledge_graph")
            .put("strict", true)
            .set("schema", schema());
      }
    }
    prompt
        .extraBody()
        .fields()
        .forEachRemaining(
            field -> {
              if (field.getValue().isNull()) {
                request.remove(field.getKey());
              } else {
                request.set(field.getKey(), field.getValue());
              }
            });
    return written(request);
  }

  private static void message(ArrayNode messages, String role, String content) {
    messages.addObject().put("role", role).put("content", content);
  }

  private String documents() {
    List<Map<String, String>> documents =
        textsById.entrySet().stream()
            .map(
                entry -> {
                  Map<String, String> document = new LinkedHashMap<>();
                  document.put("id", entry.getKey());
                  document.put("text", entry.getValue());
                  return document;
                })
            .collect(Collectors.toList());
    return written(Map.of("documents", documents));
  }

  private static String written(Object json) {
    try {
      return JSON.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps of strings are always written", e);
    }
  }

  /**
   * The schema of an answer; strict mode demands that every field is required and no other allowed.
   */
  private ObjectNode schema() {
    ObjectNode entity =
        object(
            Map.of(
                "text", type("string"),
                "type", oneOf(prompt.entityTypes()),
                "confidence", type("number")));
    ObjectNode relation =
        object(
            Map.of(
                "source", type("string"),
                "target", type("string"),
                "type", oneOf(prompt.relationTypes()),
                "confidence", type("number")));
    ObjectNode document =
        object(
            Map.of(
                "id", type("string"),
                "entities", listOf(entity),
                "relationships", listOf(relation)));
    return object(Map.of("documents", listOf(document)));
  }

  private static ObjectNode type(String name) {
    return JSON.createObjectNode().put("type", name);
  }

  private static ObjectNode oneOf(List<String> values) {
    ObjectNode type = type("string");
    if (!values.isEmpty()) {
      ArrayNode choices = type.putArray("enum");
      values.forEach(choices::add);
    }
    return type;
  }

  private static ObjectNode listOf(ObjectNode items) {
    ObjectNode list = type("array");
    list.set("items", items);
    return list;
  }

  /** Sorts the fields, so that equal requests have equal bytes. */
  private static ObjectNode object(Map<String, ObjectNode> fields) {
    ObjectNode object = type("object");
    ObjectNode properties = object.putObject("properties");
    ArrayNode required = object.putArray("required");
    fields.keySet().stream()
        .sorted()
        .forEach(
            name -> {
              properties.set(name, fields.get(name));
              required.add(name);
            });
    return object.put("additionalProperties", false);
  }
}
