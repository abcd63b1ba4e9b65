package org.irisgraph.graphrag;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.graph.Entity;
import org.irisgraph.iris.TableWrite;
import org.irisgraph.jdbc.Row;
import org.irisgraph.jdbc.TableDefinition;

/**
 * The tables of the linked graph, beside the ledger: the node of each entity, nodes and edges, and
 * the changes that nodes and edges do not reflect yet.
 *
 * @param schema the ledger's schema
 */
public record LinkedTables(String schema) implements Serializable {

  /** One row for each entity of a document, written with it. */
  public String entityNodes() {
    return schema + ".EntityNodes";
  }

  /** One row for each transaction that has changed a document. */
  public String changes() {
    return schema + ".GraphChanges";
  }

  /** One row for each node. */
  public String nodes() {
    return schema + ".GraphNodes";
  }

  /** One row for each edge between two nodes. */
  public String edges() {
    return schema + ".GraphEdges";
  }

  /** The definitions of these tables. */
  public List<TableDefinition> definitions() {
    return List.of(
        TableDefinitions.entityNodes(entityNodes()),
        TableDefinitions.graphChanges(changes()),
        TableDefinitions.graphNodes(nodes()),
        TableDefinitions.graphEdges(edges()));
  }

  TableWrite<DocumentGraph> entityNodeWrite(String entities) {
    return TableWrite.<DocumentGraph>into(entityNodes())
        .withColumns("entity_id", "node_key", "document_id", "concept", "mentions")
        .withKey("entity_id")
        .withOwner("document_id")
        .withReference("entity_id", entities)
        .withRows(LinkedTables::entityNodeRows);
  }

  private static List<Row> entityNodeRows(DocumentGraph graph) {
    List<Row> rows = new ArrayList<>(graph.entities().size());
    for (Entity entity : graph.entities()) {
      rows.add(
          Row.of(
              entity.id(),
              entity.node().key(),
              graph.documentId(),
              entity.node().concept(),
              entity.mentions()));
    }
    return rows;
  }
}
