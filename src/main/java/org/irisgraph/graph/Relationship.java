package org.irisgraph.graph;

import java.util.List;
import java.util.Objects;

/**
 * A directed edge between two different entities of one document.
 *
 * @param id {@link GraphIds#relationship}
 * @param type as in {@code co_occurs_with}
 * @param weight how strong it is; for {@code co_occurs_with} the number of sentences, else that of
 *     the statements
 * @param confidence from 0 to 1
 * @param statedIn the first sentences that state it; empty for {@code co_occurs_with}, whose
 *     sentences are those that mention both entities, and if they are not stored
 */
public record Relationship(
    String id,
    String sourceEntityId,
    String targetEntityId,
    String type,
    double weight,
    double confidence,
    List<Sentence> statedIn) {

  /** Type of the relationship between entities that share a sentence; it has no direction. */
  public static final String CO_OCCURS_WITH = "co_occurs_with";

  public Relationship {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(sourceEntityId, "sourceEntityId");
    Objects.requireNonNull(targetEntityId, "targetEntityId");
    Objects.requireNonNull(type, "type");
    statedIn = List.copyOf(statedIn);
  }

  /** A relationship whose sentences are not stored. */
  public Relationship(
      String id,
      String sourceEntityId,
      String targetEntityId,
      String type,
      double weight,
      double confidence) {
    this(id, sourceEntityId, targetEntityId, type, weight, confidence, List.of());
  }

  /** What a relationship between entities of these names says, to be embedded. */
  public static String statement(String type, String source, String target) {
    return "%s: %s → %s".formatted(type, source, target);
  }
}
