package org.irisgraph.extract.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What a model says of one text, before it is compared with the text.
 *
 * @param isSplit whether the text was too much for the model, and its halves are asked about
 * @param unusable how many items had not even the form of one
 */
record DocumentAnswer(
    boolean isSplit, List<NamedEntity> entities, List<NamedRelation> relations, int unusable) {

  /** In ASCII: what a model writes has to pass any database. */
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  /** A text of which the halves are asked about. */
  static final DocumentAnswer SPLIT = new DocumentAnswer(true, List.of(), List.of(), 0);

  DocumentAnswer {
    entities = List.copyOf(entities);
    relations = List.copyOf(relations);
  }

  /** An entity, as named and typed by the model; confidence from 0 to 1. */
  record NamedEntity(String text, String type, double confidence) {}

  /** A relationship between two names. */
  record NamedRelation(String source, String target, String type, double confidence) {}

  /**
   * The entities and relationships of a JSON object.
   *
   * @throws IllegalArgumentException if it has not the form of an answer, with a message for people
   */
  static DocumentAnswer of(JsonNode answer) {
    int[] unusable = {0};
    List<NamedEntity> entities = items(answer, "entities", true, DocumentAnswer::entity, unusable);
    List<NamedRelation> relations =
        items(answer, "relationships", false, DocumentAnswer::relation, unusable);
    return new DocumentAnswer(false, entities, relations, unusable[0]);
  }

  private static <T> List<T> items(
      JsonNode answer,
      String field,
      boolean required,
      Function<JsonNode, T> item,
      int... unusable) {
    JsonNode list = answer.path(field);
    if (!required && (list.isMissingNode() || list.isNull())) {
      return List.of();
    }
    if (!list.isArray()) {
      throw new IllegalArgumentException("\"%s\" is not a list".formatted(field));
    }
    List<T> items = new ArrayList<>();
    for (JsonNode node : list) {
      T found = item.apply(node);
      if (found == null) {
        unusable[0]++;
      } else {
        items.add(found);
      }
    }
    return items;
  }

  private static NamedEntity entity(JsonNode node) {
    return hasText(node, "text") && hasText(node, "type")
        ? new NamedEntity(
            node.get("text").textValue(), node.get("type").textValue(), confidence(node))
        : null;
  }

  private static NamedRelation relation(JsonNode node) {
    return hasText(node, "source") && hasText(node, "target") && hasText(node, "type")
        ? new NamedRelation(
            node.get("source").textValue(),
            node.get("target").textValue(),
            node.get("type").textValue(),
            confidence(node))
        : null;
  }

  private static boolean hasText(JsonNode node, String field) {
    return node.path(field).isTextual() && !node.get(field).textValue().isBlank();
  }

  /** A number outside 0 to 1 is taken for the nearer of them, and what is no number for a half. */
  private static double confidence(JsonNode node) {
    JsonNode value = node.path("confidence");
    double number = value.isNumber() ? value.doubleValue() : value.asDouble(0.5);
    return Double.isNaN(number) ? 0.5 : Math.max(0, Math.min(1, number));
  }

  /** As it is kept; {@link #read} gives it back. */
  String toJson() {
    ObjectNode json = JSON.createObjectNode();
    if (isSplit) {
      return json.put("split", true).toString();
    }
    ArrayNode entityNodes = json.putArray("entities");
    for (NamedEntity entity : entities) {
      entityNodes
          .addObject()
          .put("text", entity.text())
          .put("type", entity.type())
          .put("confidence", entity.confidence());
    }
    ArrayNode relationNodes = json.putArray("relationships");
    for (NamedRelation relation : relations) {
      relationNodes
          .addObject()
          .put("source", relation.source())
          .put("target", relation.target())
          .put("type", relation.type())
          .put("confidence", relation.confidence());
    }
    try {
      return JSON.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can be written", e);
    }
  }

  /**
   * What was kept.
   *
   * @throws IllegalArgumentException if it is none of ours
   */
  static DocumentAnswer read(String kept) {
    try {
      JsonNode json = JSON.readTree(kept);
      return json.path("split").asBoolean() ? SPLIT : of(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a kept answer is no JSON", e);
    }
  }
}
