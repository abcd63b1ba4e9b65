package org.irisgraph.linked;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.irisgraph.graphrag.GraphTables;
import org.irisgraph.graphrag.LinkedTables;
import org.irisgraph.graphrag.SameAs;
import org.irisgraph.jdbc.Row;
import org.irisgraph.jdbc.StreamedRows;
import org.irisgraph.jdbc.TableShape;
import org.jspecify.annotations.Nullable;

/**
 * Sums up the rows of documents: entities to nodes, relationships to edges. It is done here and not
 * by GROUP BY, which ignores case in IRIS and returns names in capitals.
 */
final class DocumentRows {

  private final String entities;
  private final String relationships;
  private final String entityNodes;
  private final Comparator<String> keyOrder;

  /** Older layouts have neither weights nor confidences. */
  private final boolean hasWeight;

  private final boolean hasConfidence;

  DocumentRows(
      GraphTables tables, LinkedTables linked, Comparator<String> keyOrder, TableShape shape) {
    this.entities = tables.entities();
    this.relationships = tables.relationships();
    this.entityNodes = linked.entityNodes();
    this.keyOrder = keyOrder;
    this.hasWeight = shape.has("weight");
    this.hasConfidence = shape.has("confidence");
  }

  /** Adds up the entities of nodes. */
  Map<String, NodeTotals> nodes(Connection connection, List<NodeRange> ranges) throws SQLException {
    Map<String, NodeTotals> nodes = new TreeMap<>(keyOrder);
    for (NodeRange range : ranges) {
      StreamedRows.forEach(
          connection,
          "SELECT n.node_key, n.entity_id, n.document_id, e.entity_name, e.entity_type, n.concept,"
              + " n.mentions"
              + " FROM %s n JOIN %s e ON e.entity_id = n.entity_id WHERE %s"
                  .formatted(entityNodes, entities, range.on("n.node_key")),
          range.parameters(),
          row ->
              nodes
                  .computeIfAbsent(row.getString(1), NodeTotals::new)
                  .add(
                      row.getString(2),
                      row.getString(3),
                      row.getString(4),
                      row.getString(5),
                      row.getString(6),
                      row.getLong(7)));
    }
    return nodes;
  }

  /** Adds up the relationships whose ends are both among these nodes. */
  Map<String, Row> edgesWithin(Connection connection, List<NodeRange> ranges) throws SQLException {
    Edges edges = new Edges(hasWeight, hasConfidence);
    for (NodeRange source : ranges) {
      for (NodeRange target : ranges) {
        StreamedRows.forEach(
            connection,
            query(source.on("s.node_key") + " AND " + target.on("t.node_key")),
            Stream.of(source, target).flatMap(range -> range.parameters().stream()).toList(),
            row -> edges.add(row, null));
      }
    }
    return edges.rows();
  }

  /** Adds up the relationships of the edges whose source is in a range. */
  Map<String, Row> edgesFrom(Connection connection, NodeRange range) throws SQLException {
    Edges edges = new Edges(hasWeight, hasConfidence);
    StreamedRows.forEach(
        connection,
        query(range.on("s.node_key")),
        range.parameters(),
        row -> edges.add(row, row.getString(1)));
    // The source of an edge without direction may be the target of its relationships. Their type is
    // no condition of the query: H2 would read all of that type for each range.
    StreamedRows.forEach(
        connection,
        query(range.on("t.node_key")),
        range.parameters(),
        row -> edges.add(row, row.getString(2)));
    return edges.rows();
  }

  /** Without the relationships within a node, which links are, and which no edge counts. */
  private String query(String condition) {
    return ("SELECT s.node_key, t.node_key, r.relationship_type, s.document_id, t.document_id%s%s"
            + " FROM %s s JOIN %s r ON r.source_entity_id = s.entity_id JOIN %s t ON"
            + " t.entity_id = r.target_entity_id WHERE %s AND s.node_key <> t.node_key")
        .formatted(
            hasWeight ? ", r.weight" : "",
            hasConfidence ? ", r.confidence" : "",
            entityNodes,
            relationships,
            entityNodes,
            condition);
  }

  private static final class Edges {
    private final Map<EdgeTotals.Ends, EdgeTotals> totals = new HashMap<>();
    private final int weight;
    private final int confidence;

    private Edges(boolean hasWeight, boolean hasConfidence) {
      this.weight = hasWeight ? 6 : 0;
      this.confidence = hasConfidence ? (hasWeight ? 7 : 6) : 0;
    }

    /** Adds a relationship whose edge leads from this node; from any, if it is null. */
    void add(ResultSet row, @Nullable String from) throws SQLException {
      String source = row.getString(1);
      String target = row.getString(2);
      EdgeTotals.Ends ends = EdgeTotals.Ends.of(source, target, row.getString(3));
      if (source.equals(target) || (from != null && !ends.source().equals(from)) || isSameAs(row)) {
        return;
      }
      totals
          .computeIfAbsent(ends, EdgeTotals::new)
          .add(row.getString(4), number(row, weight), number(row, confidence));
    }

    /** Whether a relationship was derived from nodes that are no longer the same. */
    private static boolean isSameAs(ResultSet row) throws SQLException {
      return row.getString(3).equals(SameAs.TYPE) && !row.getString(4).equals(row.getString(5));
    }

    /** The value of a column; 1 where there is none, as for a single certain statement. */
    private static double number(ResultSet row, int column) throws SQLException {
      if (column == 0) {
        return 1;
      }
      double number = row.getDouble(column);
      return row.wasNull() ? 1 : number;
    }

    Map<String, Row> rows() {
      Map<String, Row> rows = new TreeMap<>();
      totals.forEach((ends, edge) -> rows.put(ends.key(), edge.row()));
      return rows;
    }
  }
}
