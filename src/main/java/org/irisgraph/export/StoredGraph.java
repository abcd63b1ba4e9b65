package org.irisgraph.export;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.irisgraph.graph.Relationship;
import org.irisgraph.graphrag.LinkedTables;
import org.irisgraph.jdbc.Dialect;
import org.irisgraph.jdbc.StreamedRows;
import org.irisgraph.linked.NodeRange;
import org.jspecify.annotations.Nullable;

/**
 * Reads the linked graph, ordered by the keys, in portions: H2 gives no row of a query before it
 * has sorted them all. A row that refers to a node gets its key from the node's row: databases that
 * ignore case may have it in other letters elsewhere.
 */
final class StoredGraph {

  /** The rows that are sorted at a time. */
  private static final int PORTION = 10_000;

  private final LinkedTables tables;
  private final Dialect dialect;
  private final int portion;

  StoredGraph(LinkedTables tables, Dialect dialect) {
    this(tables, dialect, PORTION);
  }

  /** With portions of about so many rows. */
  StoredGraph(LinkedTables tables, Dialect dialect, int portion) {
    this.tables = tables;
    this.dialect = dialect;
    this.portion = portion;
  }

  /** Takes what is read. */
  interface Consumer {
    void node(ExportedNode node) throws IOException;

    void edge(ExportedEdge edge) throws IOException;

    /** An edge, or entity of a document, whose node is not in the table of nodes. */
    void danglingRow();
  }

  void readNodes(Connection connection, Consumer consumer) throws SQLException, IOException {
    StreamedRows.forEach(
        connection,
        "SELECT %s, node_name, node_type, concept, documents, mentions FROM %s ORDER BY node_key"
            .formatted(dialect.exactText("node_key"), tables.nodes()),
        List.of(),
        row ->
            consumer.node(
                new ExportedNode(
                    ExportedNode.idOfNode(row.getString(1)),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    number(row, 5),
                    number(row, 6))));
  }

  void readEdges(Connection connection, Consumer consumer) throws SQLException, IOException {
    forEachPortion(
        connection,
        tables.edges(),
        "source_node",
        ("SELECT %s, %s, e.edge_type, e.documents, e.statements, e.confidence FROM %s e"
                + " LEFT JOIN %s s ON s.node_key = e.source_node"
                + " LEFT JOIN %s t ON t.node_key = e.target_node")
            .formatted(
                dialect.exactText("s.node_key"),
                dialect.exactText("t.node_key"),
                tables.edges(),
                tables.nodes(),
                tables.nodes()),
        "e.source_node",
        // IRIS cannot sort by two keys of nodes: together they may exceed 511 bytes.
        "e.source_node, e.edge_key",
        row -> {
          String source = row.getString(1);
          String target = row.getString(2);
          if (source == null || target == null) {
            consumer.danglingRow();
            return;
          }
          String type = row.getString(3);
          double confidence = row.getDouble(6);
          boolean hasConfidence = !row.wasNull();
          consumer.edge(
              new ExportedEdge(
                  ExportedNode.idOfNode(source),
                  ExportedNode.idOfNode(target),
                  type,
                  !type.equals(Relationship.CO_OCCURS_WITH),
                  number(row, 4),
                  number(row, 5),
                  hasConfidence ? confidence : null,
                  null));
        });
  }

  /** Reads each document, followed by its edges to the nodes that it mentions. */
  void readDocuments(Connection connection, Consumer consumer) throws SQLException, IOException {
    Mentions mentions = new Mentions(consumer);
    forEachPortion(
        connection,
        tables.entityNodes(),
        "document_id",
        "SELECT %s, %s, d.mentions FROM %s d LEFT JOIN %s n ON n.node_key = d.node_key"
            .formatted(
                dialect.exactText("d.document_id"),
                dialect.exactText("n.node_key"),
                tables.entityNodes(),
                tables.nodes()),
        "d.document_id",
        // IRIS cannot sort by the node's key too: together they may exceed 511 bytes.
        "d.document_id",
        row -> mentions.add(row.getString(1), row.getString(2), row.getLong(3)));
    mentions.finish();
  }

  /** Hands over the rows of a query without condition and order, range by range of a column. */
  private void forEachPortion(
      Connection connection,
      String table,
      String column,
      String query,
      String columnInQuery,
      String order,
      StreamedRows.Reader<IOException> reader)
      throws SQLException, IOException {
    for (NodeRange range : NodeRange.allPortions(connection, table, column, portion)) {
      StreamedRows.forEach(
          connection,
          "%s WHERE %s ORDER BY %s".formatted(query, range.on(columnInQuery), order),
          range.parameters(),
          reader);
    }
  }

  /** Adds up the mentions of a document's entities that belong to one node. */
  private static final class Mentions {
    private final Consumer consumer;
    private final SortedMap<String, Long> mentions = new TreeMap<>();
    private @Nullable String document;

    private Mentions(Consumer consumer) {
      this.consumer = consumer;
    }

    void add(String documentId, @Nullable String key, long ofEntity) throws IOException {
      if (key == null) {
        consumer.danglingRow();
        return;
      }
      if (!documentId.equals(document)) {
        finish();
        document = documentId;
        consumer.node(ExportedNode.document(documentId));
      }
      mentions.merge(key, ofEntity, Long::sum);
    }

    void finish() throws IOException {
      for (Map.Entry<String, Long> node : mentions.entrySet()) {
        consumer.edge(
            ExportedEdge.mentions(
                Objects.requireNonNull(document),
                ExportedNode.idOfNode(node.getKey()),
                node.getValue()));
      }
      mentions.clear();
    }
  }

  private static @Nullable Long number(ResultSet row, int column) throws SQLException {
    long number = row.getLong(column);
    return row.wasNull() ? null : number;
  }
}
