package org.irisgraph.graphrag;

import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.graph.Entity;
import org.irisgraph.graph.GraphIds;
import org.irisgraph.graph.PassageIds;
import org.irisgraph.graph.Relationship;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.Row;

/**
 * Reads what an earlier run stored for documents: enough to compute the vectors of their entities
 * and relationships without extracting them again.
 */
public final class StoredGraphs implements Serializable {

  private final GraphTables tables;

  /** For tables that have a column for such vectors. */
  public StoredGraphs(GraphTables tables) {
    this.tables = tables;
  }

  /**
   * Adds the entities and relationships that the document owns, with their ids, types and names;
   * those of other programs, and the links to entities of other documents, are left out.
   *
   * @param graph a document with the passages that it is stored in
   */
  public DocumentGraph withStored(Connection connection, DocumentGraph graph) throws SQLException {
    String document = graph.requireDocumentId();
    List<Entity> entities = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Row row :
        KeyedRows.select(
            connection,
            tables.entities(),
            List.of("entity_id", "entity_name", "entity_type"),
            "source_doc_id",
            textIds(graph))) {
      if (GraphIds.isOf(document, row.text(0)) && ids.add(row.text(0))) {
        entities.add(new Entity(row.text(0), row.text(1), row.text(2), 1, 0, 0, 1, ""));
      }
    }
    List<Relationship> relationships =
        tables.hasRelationshipVectors() ? relationships(connection, document, ids) : List.of();
    return graph.toBuilder().setEntities(entities).setRelationships(relationships).build();
  }

  /** The ids that entities have of the text that they were found in. */
  private static Set<String> textIds(DocumentGraph graph) {
    Set<String> ids = new HashSet<>(Set.of(graph.requireDocumentId()));
    for (int i = 0; i < graph.passages().size(); i++) {
      ids.add(PassageIds.of(graph.requireDocumentId(), i));
    }
    return ids;
  }

  private List<Relationship> relationships(
      Connection connection, String document, Set<String> entities) throws SQLException {
    List<Relationship> relationships = new ArrayList<>();
    for (Row row :
        KeyedRows.select(
            connection,
            tables.relationships(),
            List.of("relationship_id", "source_entity_id", "target_entity_id", "relationship_type"),
            "source_entity_id",
            entities)) {
      if (GraphIds.isOf(document, row.text(0)) && entities.contains(row.text(2))) {
        relationships.add(
            new Relationship(row.text(0), row.text(1), row.text(2), row.text(3), 1, 1));
      }
    }
    return relationships;
  }
}
