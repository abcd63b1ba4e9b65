package org.irisgraph.graph;

import java.util.List;
import java.util.Objects;

/**
 * All mentions of one type and normalised name in one document.
 *
 * @param id {@link GraphIds#entity}
 * @param name the spelling of the first mention
 * @param type in capitals, as in {@code DISEASE}
 * @param confidence the highest of its mentions, from 0 to 1
 * @param start where the first mention begins, in UTF-16 code units of the document's text
 * @param end the character after the first mention
 * @param mentions how many there are, at least 1
 * @param extractors the names of the extractors that found it, comma-separated and sorted
 * @param node what it has in common with entities of other documents
 * @param places its first mentions and those that prove a relationship, in their order; empty if
 *     they are not stored
 */
public record Entity(
    String id,
    String name,
    String type,
    double confidence,
    int start,
    int end,
    int mentions,
    String extractors,
    Node node,
    List<MentionPlace> places) {

  public Entity {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(extractors, "extractors");
    Objects.requireNonNull(node, "node");
    places = List.copyOf(places);
  }

  /** An entity whose node follows from its type and name. */
  public Entity(
      String id,
      String name,
      String type,
      double confidence,
      int start,
      int end,
      int mentions,
      String extractors) {
    this(
        id,
        name,
        type,
        confidence,
        start,
        end,
        mentions,
        extractors,
        NodeKeys.ofName(type, GraphIds.normalise(name)),
        List.of());
  }
}
