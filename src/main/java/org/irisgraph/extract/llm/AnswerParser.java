package org.irisgraph.extract.llm;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Parses a model's output into answers by document. Complete documents are kept even if the output
 * is truncated later, so that one bad document affects no other of its call.
 */
final class AnswerParser {

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final Set<String> requested;
  private final Map<String, DocumentAnswer> answers = new HashMap<>();
  private final Map<String, String> problems = new HashMap<>();
  private String defaultProblem = "the answer does not contain this document";

  private AnswerParser(Set<String> requested) {
    this.requested = requested;
  }

  /**
   * The parsed output.
   *
   * @param answers by document id
   * @param problems a sentence for each other document, by id
   */
  record Parsed(Map<String, DocumentAnswer> answers, Map<String, String> problems) {}

  /**
   * Parses a model's output.
   *
   * @param requested ids of the documents in the request
   */
  static Parsed parse(String content, Set<String> requested) {
    AnswerParser parser = new AnswerParser(requested);
    parser.parseContent(content);
    Map<String, String> problems = new HashMap<>();
    for (String id : requested) {
      if (parser.problems.containsKey(id) || !parser.answers.containsKey(id)) {
        problems.put(id, parser.problems.getOrDefault(id, parser.defaultProblem));
      }
    }
    parser.answers.keySet().removeAll(problems.keySet());
    return new Parsed(parser.answers, problems);
  }

  private void parseContent(String content) {
    String json = json(content);
    if (json.isEmpty()) {
      defaultProblem = "the answer contains no JSON";
      return;
    }
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() == JsonToken.START_ARRAY) {
        readDocuments(parser);
      } else {
        readFields(parser);
      }
    } catch (IOException e) {
      defaultProblem = "the answer is not valid JSON or is truncated";
    }
  }

  /**
   * Skips to the first brace or bracket: some models write their reasoning first, and many put
   * Markdown fences around JSON. Text after the JSON is ignored.
   */
  private static String json(String content) {
    boolean hasReasoning = content.stripLeading().startsWith("<think>");
    String output =
        hasReasoning ? content.substring(Math.max(0, content.indexOf("</think>"))) : content;
    for (int i = 0; i < output.length(); i++) {
      if (output.charAt(i) == '{' || output.charAt(i) == '[') {
        return output.substring(i);
      }
    }
    return "";
  }

  private void readDocuments(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.START_OBJECT) {
      JsonNode document = parser.readValueAsTree();
      add(document.path("id").asText(""), document);
    }
    if (parser.currentToken() != JsonToken.END_ARRAY) {
      defaultProblem = "the answer's list of documents contains something else";
    }
  }

  /**
   * Reads an object with all documents. Some models write answers by id instead, or the answer for
   * a single document without its id.
   */
  private void readFields(JsonParser parser) throws IOException {
    Map<String, JsonNode> others = new HashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals("documents") && value == JsonToken.START_ARRAY) {
        readDocuments(parser);
      } else {
        others.put(name, parser.readValueAsTree());
      }
    }
    others.forEach(this::add);
    if (others.containsKey("entities") && requested.size() == 1) {
      String only = requested.iterator().next();
      JsonNode id = others.get("id");
      if (id == null || id.asText("").equals(only)) {
        add(only, JSON.valueToTree(others));
      }
    }
  }

  private void add(String id, JsonNode answer) {
    if (!requested.contains(id)) {
      return;
    }
    if (answers.containsKey(id) || problems.containsKey(id)) {
      problems.put(id, "the answer contains this document more than once");
      return;
    }
    try {
      answers.put(id, DocumentAnswer.of(answer));
    } catch (IllegalArgumentException e) {
      problems.put(id, "the answer for this document is malformed: " + e.getMessage());
    }
  }
}
