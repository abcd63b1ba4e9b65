package org.irisgraph.extract.llm;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Parses a model's output into answers by document. Complete documents are kept even if the output
 * is truncated later, so that one bad document affects no other of its call.
 */
final class AnswerParser {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .build();

  /** Its begin may be in the prompt, which the server's template completes. */
  private static final String END_OF_REASONING = "</think>";

  private static final String BEGIN_OF_REASONING = "<think>";

  private static final int MAX_STARTS = 100;

  private final Set<String> requested;
  private final Map<String, DocumentAnswer> answers = new HashMap<>();
  private final Map<String, String> problems = new HashMap<>();
  private boolean isValid;
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
    int end = content.lastIndexOf(END_OF_REASONING);
    String output = content.substring(Math.max(end, 0));
    AnswerParser parser = search(output, requested, 0);
    if (parser.hasNothing() && end >= 0) {
      // The mark may be a quotation from a document, within the answer.
      AnswerParser whole = search(content, requested, end);
      parser = whole.hasNothing() ? parser : whole;
    }
    return parser.result();
  }

  /** Whether an output ends in reasoning, before the answer. */
  static boolean isUnfinishedReasoning(String output) {
    return unfinished(output) >= 0;
  }

  /** The index at which reasoning begins that has no end, -1 if there is none. */
  private static int unfinished(String output) {
    return output.indexOf(BEGIN_OF_REASONING, output.lastIndexOf(END_OF_REASONING) + 1);
  }

  /**
   * Tries each brace and bracket as the start of the answer: models write prose with braces of its
   * own before it, Markdown fences around it, or another object around it. Text after the JSON is
   * ignored. What begins in reasoning that has no end is a draft.
   *
   * @param leastEnd the index that the answer contains, so that it is no draft that ends before
   */
  private static AnswerParser search(String output, Set<String> requested, int leastEnd) {
    AnswerParser best = new AnswerParser(requested);
    int unfinished = unfinished(output);
    best.defaultProblem =
        unfinished < 0
            ? "the answer contains no JSON"
            : "the answer ends within the model's reasoning";
    int last = unfinished < 0 ? output.length() : unfinished;
    int starts = 0;
    for (int i = 0; i < last && starts < MAX_STARTS; i++) {
      if (output.charAt(i) == '{' || output.charAt(i) == '[') {
        AnswerParser parser = new AnswerParser(requested);
        long length = parser.read(output.substring(i));
        if (parser.hasNothing()) {
          best = starts == 0 || (parser.isValid && !best.isValid) ? parser : best;
        } else if (i + length > leastEnd) {
          return parser;
        }
        starts++;
      }
    }
    return best;
  }

  private boolean hasNothing() {
    return answers.isEmpty() && problems.isEmpty();
  }

  private Parsed result() {
    Map<String, String> all = new HashMap<>();
    for (String id : requested) {
      if (problems.containsKey(id) || !answers.containsKey(id)) {
        all.put(id, problems.getOrDefault(id, defaultProblem));
      }
    }
    answers.keySet().removeAll(all.keySet());
    return new Parsed(answers, all);
  }

  /** Reads what begins with JSON; returns the number of characters that were read. */
  private long read(String json) {
    try (JsonParser parser = JSON.createParser(json)) {
      try {
        if (parser.nextToken() == JsonToken.START_ARRAY) {
          readDocuments(parser);
        } else {
          readFields(parser);
        }
        isValid = true;
      } catch (JsonProcessingException e) {
        defaultProblem = "the answer is not valid JSON or is truncated";
      }
      return parser.currentLocation().getCharOffset();
    } catch (IOException e) {
      throw new UncheckedIOException("a string is always read", e);
    }
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
