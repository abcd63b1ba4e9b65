package org.irisgraph.graph;

import java.util.Objects;

/**
 * A directed edge between two different entities of one document.
 *
 * @param id {@link GraphIds#relationship}
 * @param type as in {@code co_occurs_with}
 * @param weight how strong it is; for {@code co_occurs_with} the number of sentences, else that of
 *     the statements
 * @param confidence from 0 to 1
 */
public record Relationship(
    String id,
    String sourceEntityId,
    String targetEntityId,
    String type,
    double weight,
    double confidence) {

  /** Type of the relationship between entities that share a sentence; it has no direction. */
  public static final String CO_OCCURS_WITH = "co_occurs_with";

  public Relationship {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(sourceEntityId, "sourceEntityId");
    Objects.requireNonNull(targetEntityId, "targetEntityId");
    Objects.requireNonNull(type, "type");
  }
}
