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

/**
 * A model's answer for one text, before it is aligned with the text.
 *
 * @param isSplit whether the text was too long for the model, and its halves are sent instead
 * @param unusable number of malformed items
 */
record DocumentAnswer(
    boolean isSplit, List<NamedEntity> entities, List<NamedRelation> relations, int unusable) {

  /** ASCII, so that any database can store an answer. */
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  /** Marks a text whose halves are sent instead. */
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
   * Reads the entities and relationships of a JSON object.
   *
   * @throws IllegalArgumentException if it is no answer, with a message for users
   */
  static DocumentAnswer of(JsonNode answer) {
    JsonNode entityNodes = list(answer, "entities");
    boolean hasRelations = answer.hasNonNull("relationships");
    JsonNode relationNodes = hasRelations ? list(answer, "relationships") : JSON.createArrayNode();
    List<NamedEntity> entities = new ArrayList<>();
    for (JsonNode node : entityNodes) {
      if (hasText(node, "text") && hasText(node, "type")) {
        entities.add(
            new NamedEntity(
                node.get("text").textValue(), node.get("type").textValue(), confidence(node)));
      }
    }
    List<NamedRelation> relations = new ArrayList<>();
    for (JsonNode node : relationNodes) {
      if (hasText(node, "source") && hasText(node, "target") && hasText(node, "type")) {
        relations.add(
            new NamedRelation(
                node.get("source").textValue(),
                node.get("target").textValue(),
                node.get("type").textValue(),
                confidence(node)));
      }
    }
    if (entities.isEmpty() && entityNodes.size() + relationNodes.size() > 0) {
      throw new IllegalArgumentException(
          "no entity can be used: each needs \"text\" and \"type\", and each relationship"
              + " \"source\", \"target\" and \"type\"");
    }
    int unusable = entityNodes.size() - entities.size() + relationNodes.size() - relations.size();
    return new DocumentAnswer(false, entities, relations, unusable);
  }

  private static JsonNode list(JsonNode answer, String field) {
    JsonNode list = answer.path(field);
    if (!list.isArray()) {
      throw new IllegalArgumentException("\"%s\" is not a list".formatted(field));
    }
    return list;
  }

  private static boolean hasText(JsonNode node, String field) {
    return node.path(field).isTextual() && !node.get(field).textValue().isBlank();
  }

  /** Clamps a number to 0 to 1; 0.5 if there is none. */
  private static double confidence(JsonNode node) {
    JsonNode value = node.path("confidence");
    double number = value.isNumber() ? value.doubleValue() : value.asDouble(0.5);
    return Double.isNaN(number) ? 0.5 : Math.max(0, Math.min(1, number));
  }

  /** Writes the stored form, which {@link #read} reads. */
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
      throw new IllegalStateException("a JSON tree is always written", e);
    }
  }

  /**
   * Reads the stored form.
   *
   * @throws IllegalArgumentException if it is invalid
   */
  static DocumentAnswer read(String stored) {
    try {
      JsonNode json = JSON.readTree(stored);
      return json.path("split").asBoolean() ? SPLIT : of(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a stored answer is not JSON", e);
    }
  }
}
