package org.irisgraph.extract;

import java.util.List;
import org.irisgraph.graph.Entity;
import org.irisgraph.graph.Relationship;

/**
 * What was found in one document.
 *
 * @param entities ordered by their first mention
 * @param relationships ordered by source, then target, both in the order of the entities, then type
 * @param mentions how many mentions the entities have together
 * @param droppedPairs how many pairs of entities that share a sentence were left out because the
 *     sentence had more than the limit; the same pair counts once per sentence
 */
public record ExtractedGraph(
    List<Entity> entities, List<Relationship> relationships, int mentions, long droppedPairs) {

  public ExtractedGraph {
    entities = List.copyOf(entities);
    relationships = List.copyOf(relationships);
  }
}
