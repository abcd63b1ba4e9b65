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
 * Reads what a model has written into answers by document. What is complete is taken, also from a
 * text that breaks off later: one bad document harms no other of its call.
 */
final class AnswerParser {

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final Set<String> asked;
  private final Map<String, DocumentAnswer> answers = new HashMap<>();
  private final Map<String, String> problems = new HashMap<>();
  private String problem = "the answer does not have this document";

  private AnswerParser(Set<String> asked) {
    this.asked = asked;
  }

  /**
   * What was found.
   *
   * @param answers by the document's id
   * @param problems what is wrong with the others, for each a sentence
   */
  record Found(Map<String, DocumentAnswer> answers, Map<String, String> problems) {}

  /**
   * Reads a model's text.
   *
   * @param asked the ids of the documents that were asked about
   */
  static Found read(String content, Set<String> asked) {
    AnswerParser reader = new AnswerParser(asked);
    reader.readContent(content);
    Map<String, String> problems = new HashMap<>();
    for (String id : asked) {
      if (reader.problems.containsKey(id) || !reader.answers.containsKey(id)) {
        problems.put(id, reader.problems.getOrDefault(id, reader.problem));
      }
    }
    reader.answers.keySet().removeAll(problems.keySet());
    return new Found(reader.answers, problems);
  }

  private void readContent(String content) {
    String json = json(content);
    if (json.isEmpty()) {
      problem = "the answer has no JSON";
      return;
    }
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() == JsonToken.START_ARRAY) {
        readDocuments(parser);
      } else {
        readFields(parser);
      }
    } catch (IOException e) {
      problem = "the answer is not JSON, or breaks off";
    }
  }

  /**
   * From the first brace or bracket on: some models think aloud before they answer, and many put
   * fences of Markdown around JSON. What follows the JSON is never read.
   */
  private static String json(String content) {
    boolean thinks = content.stripLeading().startsWith("<think>");
    String said = thinks ? content.substring(Math.max(0, content.indexOf("</think>"))) : content;
    for (int i = 0; i < said.length(); i++) {
      if (said.charAt(i) == '{' || said.charAt(i) == '[') {
        return said.substring(i);
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
      problem = "the answer's list of documents has something else in it";
    }
  }

  /**
   * The object of all documents; or, as some models answer, of answers by id, or that of a single
   * document.
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
    if (others.containsKey("entities") && asked.size() == 1) {
      String only = asked.iterator().next();
      JsonNode id = others.get("id");
      if (id == null || id.asText("").equals(only)) {
        add(only, JSON.valueToTree(others));
      }
    }
  }

  private void add(String id, JsonNode answer) {
    if (!asked.contains(id)) {
      return;
    }
    if (answers.containsKey(id) || problems.containsKey(id)) {
      problems.put(id, "the answer has this document more than once");
      return;
    }
    try {
      answers.put(id, DocumentAnswer.of(answer));
    } catch (IllegalArgumentException e) {
      problems.put(id, "the answer for this document is wrong: " + e.getMessage());
    }
  }
}
