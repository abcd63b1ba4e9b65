package org.irisgraph.graphrag;

import java.util.ArrayList;
import java.util.List;
import org.irisgraph.graph.ContentHash;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.graph.Entity;
import org.irisgraph.graph.Failure;
import org.irisgraph.graph.GraphIds;
import org.irisgraph.graph.Origin;
import org.irisgraph.graph.Relationship;

/** Documents as the extractors would give them. */
final class TestGraphs {

  private TestGraphs() {}

  /** A document with entities of these names, linked in a chain. */
  static DocumentGraph document(String id, String source, String... names) {
    List<Entity> entities = new ArrayList<>();
    List<Relationship> relationships = new ArrayList<>();
    for (String name : names) {
      String entityId = GraphIds.entity(id, "DISEASE", name);
      entities.add(new Entity(entityId, name, "DISEASE", 1, 0, name.length(), 1, "dictionary"));
      if (entities.size() > 1) {
        String previous = entities.get(entities.size() - 2).id();
        relationships.add(
            new Relationship(
                GraphIds.relationship(id, previous, entityId, "co_occurs_with"),
                previous,
                entityId,
                "co_occurs_with",
                1,
                1));
      }
    }
    String text = String.join(" ", names);
    return DocumentGraph.builder()
        .setDocumentId(id)
        .setOrigin(new Origin(source, 0, 0))
        .setText(text.isEmpty() ? "nothing" : text)
        .setContentHash(ContentHash.of(text))
        .setEntities(entities)
        .setRelationships(relationships)
        .setExtractionMillis(1.5)
        .build();
  }

  static DocumentGraph unreadable(String source) {
    return DocumentGraph.failed(
        null, new Origin(source, 0, 0), new Failure(Failure.Stage.READ, "NOT_UTF8", "not UTF-8"));
  }
}
