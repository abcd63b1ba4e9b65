package org.irisgraph.graphrag;

import static org.irisgraph.jdbc.Dialect.ColumnType.BIGINT;
import static org.irisgraph.jdbc.Dialect.ColumnType.DOUBLE;
import static org.irisgraph.jdbc.Dialect.ColumnType.INTEGER;
import static org.irisgraph.jdbc.Dialect.ColumnType.TEXT;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.irisgraph.graph.ContentHash;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.graph.Entity;
import org.irisgraph.graph.NodeKeys;
import org.irisgraph.iris.spec.TableWrite;
import org.irisgraph.jdbc.Row;
import org.irisgraph.jdbc.TableDefinition;
import org.irisgraph.jdbc.TableDefinition.Column;

/**
 * The tables of the linked graph, beside the ledger: the node of each entity, nodes and edges, and
 * the changes that nodes and edges do not reflect yet.
 *
 * @param schema the ledger's schema
 */
public record LinkedTables(String schema) implements Serializable {

  /** The keys of the rows of {@link #changes} that are no changes: linking processes lock them. */
  public static final List<String> TURNS = List.of("turn", "turn-2", "turn-3", "turn-4");

  /** The condition for the changes; their keys are UUIDs, which come before in any order. */
  public static final String IS_CHANGE = "change_key < 'turn'";

  /** The condition for a change that says that others may not be recorded. */
  public static final String IS_UNRECORDED = IS_CHANGE + " AND document_id IS NULL";

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

  /** One row for each node and document that is published to a schema of iris-vector-graph. */
  public String published() {
    return schema + ".PublishedNodes";
  }

  /** The table of what is published, which is needed if the graph is. */
  public TableDefinition publishedDefinition() {
    return TableDefinition.of(
            published(),
            "record_key",
            Column.required("record_key", 64),
            Column.required("graph_schema", 255),
            Column.required("node_id", 256),
            Column.text("document_id", TableDefinitions.MAX_DOCUMENT_ID),
            Column.of("row_keys", TEXT))
        .withNeededIndexes("node_id", "graph_schema");
  }

  /** One row for each node whose vector is published. */
  public String publishedVectors() {
    return schema + ".PublishedVectors";
  }

  /** The table of published vectors, which is needed if they are. */
  public TableDefinition publishedVectorDefinition() {
    return TableDefinition.of(
            publishedVectors(),
            "record_key",
            Column.required("record_key", 64),
            Column.required("graph_schema", 255),
            Column.required("node_id", 256),
            Column.required("name_hash", 64),
            Column.required("model_hash", 64),
            Column.text("vector_tables", 255))
        .withNeededIndexes("node_id");
  }

  /** The definitions of the tables that are changed with documents. */
  public List<TableDefinition> definitionsOfDocuments() {
    return List.of(entityNodeDefinition(), changeDefinition());
  }

  /** The definitions of these tables. */
  public List<TableDefinition> definitions() {
    return List.of(entityNodeDefinition(), changeDefinition(), nodeDefinition(), edgeDefinition());
  }

  private TableDefinition entityNodeDefinition() {
    return TableDefinition.of(
            entityNodes(),
            "entity_id",
            Column.required("entity_id", 255),
            Column.required("node_key", NodeKeys.MAX_BYTES),
            Column.required("document_id", TableDefinitions.MAX_DOCUMENT_ID),
            Column.text("concept", NodeKeys.MAX_BYTES),
            Column.of("mentions", INTEGER))
        .withNeededIndexes("node_key", "document_id");
  }

  private TableDefinition changeDefinition() {
    return TableDefinition.of(
        changes(),
        "change_key",
        Column.required("change_key", 64),
        Column.text("document_id", TableDefinitions.MAX_DOCUMENT_ID),
        Column.of("node_keys", TEXT));
  }

  /** The table of nodes; its columns are those of the rows that are computed. */
  public TableDefinition nodeDefinition() {
    return TableDefinition.of(
            nodes(),
            "node_key",
            Column.required("node_key", NodeKeys.MAX_BYTES),
            Column.required("node_name", 500),
            Column.text("node_type", 255),
            Column.text("concept", NodeKeys.MAX_BYTES),
            Column.of("documents", BIGINT),
            Column.of("mentions", BIGINT))
        .withIndexes("node_name");
  }

  /**
   * The key of an edge's row.
   *
   * @param source of an edge without direction, the smaller key
   */
  public static String edgeKey(String source, String target, String type) {
    return ContentHash.of(source + '\n' + target + '\n' + type);
  }

  /** The table of edges; its columns are those of the rows that are computed. */
  public TableDefinition edgeDefinition() {
    return TableDefinition.of(
            edges(),
            "edge_key",
            Column.required("edge_key", 64),
            Column.required("source_node", NodeKeys.MAX_BYTES),
            Column.required("target_node", NodeKeys.MAX_BYTES),
            Column.required("edge_type", 255),
            Column.of("documents", BIGINT),
            Column.of("statements", BIGINT),
            Column.of("confidence", DOUBLE))
        .withNeededIndexes(
            "source_node, edge_type, documents", "target_node, edge_type, documents");
  }

  TableWrite<DocumentGraph> entityNodeWrite(String entities) {
    return TableWrite.<DocumentGraph>into(entityNodes())
        .withColumns(entityNodeDefinition().columnNames().toArray(String[]::new))
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
