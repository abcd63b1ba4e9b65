package org.irisgraph.extract;

import java.util.List;
import org.irisgraph.graph.Entity;
import org.irisgraph.graph.Passage;
import org.irisgraph.graph.Relationship;

/**
 * The entities and relationships of one document.
 *
 * @param entities ordered by their first mention
 * @param relationships ordered by source, then target, both in the order of the entities, then type
 * @param mentions total number of mentions of the entities
 * @param droppedPairs number of co-occurring pairs that exceeded the limit of their sentence; a
 *     pair counts once per sentence
 * @param passages the parts of the text to store; none if it is not divided
 */
public record ExtractedGraph(
    List<Entity> entities,
    List<Relationship> relationships,
    int mentions,
    long droppedPairs,
    List<Passage> passages) {

  public ExtractedGraph {
    entities = List.copyOf(entities);
    relationships = List.copyOf(relationships);
    passages = List.copyOf(passages);
  }
}
