package org.irisgraph.linked;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.irisgraph.graph.GraphIds;
import org.irisgraph.graph.Relationship;
import org.irisgraph.graphrag.GraphTables;
import org.irisgraph.graphrag.LinkedTables;
import org.irisgraph.graphrag.SameAs;
import org.irisgraph.jdbc.InList;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.Row;
import org.irisgraph.jdbc.TableShape;
import org.jspecify.annotations.Nullable;

/**
 * Sums up the rows of documents: entities to nodes, relationships to edges. It is done here and not
 * by GROUP BY, which ignores case in IRIS and returns names in capitals; and not by joins, for
 * which databases choose an order of their own ({@link LinkedEntity.Table}).
 */
final class DocumentRows {

  private static final int ID = SameAs.COLUMNS.indexOf("relationship_id");
  private static final int SOURCE = SameAs.COLUMNS.indexOf("source_entity_id");
  private static final int TARGET = SameAs.COLUMNS.indexOf("target_entity_id");
  private static final int TYPE = SameAs.COLUMNS.indexOf("relationship_type");

  private final String entities;
  private final String relationships;
  private final LinkedEntity.Table entityNodes;
  private final Comparator<String> keyOrder;

  /** Older layouts have neither weights nor confidences. */
  private final List<String> columns;

  private final Runnable stop;

  /**
   * Reads the tables of a graph.
   *
   * @param shape of its relationships
   * @param stop is run between statements, and throws what ends the reading
   */
  DocumentRows(
      GraphTables tables,
      LinkedTables linked,
      Comparator<String> keyOrder,
      TableShape shape,
      Runnable stop) {
    this.entities = tables.entities();
    this.relationships = tables.relationships();
    this.entityNodes = new LinkedEntity.Table(linked.entityNodes(), keyOrder);
    this.keyOrder = keyOrder;
    this.columns =
        Stream.concat(
                SameAs.COLUMNS.stream(),
                Stream.of("weight", "confidence", "source_document").filter(shape::has))
            .toList();
    this.stop = stop;
  }

  /** The columns of relationships that are read: those by which links are recognised come first. */
  List<String> columns() {
    return columns;
  }

  /** Takes a relationship and the entity that it leads from. */
  @FunctionalInterface
  interface Reader {
    void read(Row relationship, LinkedEntity source);
  }

  /** The entities of nodes, in the order of their ids. */
  SortedMap<String, LinkedEntity> entities(Connection connection, List<NodeRange> ranges)
      throws SQLException {
    return entityNodes.ofNodes(connection, ranges);
  }

  /** Adds up the entities of nodes. */
  Map<String, NodeTotals> nodes(Connection connection, SortedMap<String, LinkedEntity> ofNodes)
      throws SQLException {
    Map<String, NodeTotals> nodes = new TreeMap<>(keyOrder);
    for (InList list : InList.of(ofNodes.keySet())) {
      stop.run();
      for (Row row :
          KeyedRows.select(
              connection,
              entities,
              List.of("entity_id", "entity_name", "entity_type"),
              "entity_id",
              list.values())) {
        LinkedEntity entity = ofNodes.get(row.text(0));
        if (entity != null) {
          nodes
              .computeIfAbsent(entity.node(), NodeTotals::new)
              .add(entity, row.text(1), (String) row.get(2));
        }
      }
    }
    return nodes;
  }

  /**
   * Adds up the relationships between entities.
   *
   * @param all is handed each relationship that leads from one of them
   */
  Map<String, Row> edgesWithin(
      Connection connection, SortedMap<String, LinkedEntity> ofNodes, Reader all)
      throws SQLException {
    Edges edges = new Edges();
    for (InList list : InList.of(ofNodes.keySet())) {
      stop.run();
      for (Row row : relationships(connection, "source_entity_id", list)) {
        LinkedEntity source = ofNodes.get(row.text(SOURCE));
        LinkedEntity target = ofNodes.get(row.text(TARGET));
        if (source != null) {
          all.read(row, source);
          edges.add(row, source, target, null);
        }
      }
    }
    return edges.rows();
  }

  /**
   * Adds up the relationships of the edges whose source is the node of one of these entities.
   *
   * @param all is handed each relationship that leads from one of them
   */
  Map<String, Row> edgesFrom(
      Connection connection, SortedMap<String, LinkedEntity> ofNodes, Reader all)
      throws SQLException {
    Edges edges = new Edges();
    for (InList list : InList.of(ofNodes.keySet())) {
      stop.run();
      List<Row> from = relationships(connection, "source_entity_id", list);
      // The source of an edge without direction may be the target of its relationships.
      List<Row> to = relationships(connection, "target_entity_id", list);
      to.removeIf(row -> !Relationship.CO_OCCURS_WITH.equals(row.get(TYPE)));
      SortedMap<String, LinkedEntity> others = others(connection, ofNodes, from, to);
      for (Row row : from) {
        LinkedEntity source = ofNodes.get(row.text(SOURCE));
        LinkedEntity target = either(ofNodes, others, row.text(TARGET));
        if (source != null) {
          all.read(row, source);
          edges.add(row, source, target, source);
        }
      }
      for (Row row : to) {
        LinkedEntity target = ofNodes.get(row.text(TARGET));
        edges.add(row, either(ofNodes, others, row.text(SOURCE)), target, target);
      }
    }
    return edges.rows();
  }

  private List<Row> relationships(Connection connection, String end, InList list)
      throws SQLException {
    List<Row> rows = KeyedRows.select(connection, relationships, columns, end, list.values());
    // Other tools may leave an end empty.
    rows.removeIf(row -> row.get(SOURCE) == null || row.get(TARGET) == null);
    return rows;
  }

  /** The entities at the other ends of relationships, unless they are known. */
  private SortedMap<String, LinkedEntity> others(
      Connection connection, Map<String, LinkedEntity> known, List<Row> from, List<Row> to)
      throws SQLException {
    Set<String> ids = new TreeSet<>();
    from.forEach(row -> ids.add(row.text(TARGET)));
    to.forEach(row -> ids.add(row.text(SOURCE)));
    ids.removeIf(known::containsKey);
    return entityNodes.withIds(connection, ids);
  }

  private static @Nullable LinkedEntity either(
      Map<String, LinkedEntity> known, Map<String, LinkedEntity> others, String id) {
    LinkedEntity entity = known.get(id);
    return entity == null ? others.get(id) : entity;
  }

  private final class Edges {
    private final Map<EdgeTotals.Ends, EdgeTotals> totals = new HashMap<>();
    private final int weight = columns.indexOf("weight");
    private final int confidence = columns.indexOf("confidence");

    /**
     * Adds a relationship of a document, but none within a node, which links are, too. Other tools'
     * are left out: no change of theirs is known.
     *
     * @param first whose node the edge leads from, else it is not added; null for any
     */
    void add(
        Row row,
        @Nullable LinkedEntity source,
        @Nullable LinkedEntity target,
        @Nullable LinkedEntity first) {
      // Other tools may leave the type empty.
      if (source == null
          || target == null
          || !(row.get(TYPE) instanceof String type)
          || keyOrder.compare(source.node(), target.node()) == 0
          || !GraphIds.isOfDocumentOf(source.id(), row.text(ID))
          || isBetweenDocuments(type, source, target)) {
        return;
      }
      EdgeTotals.Ends ends = EdgeTotals.Ends.of(source.node(), target.node(), type);
      if (first == null || ends.source().equals(first.node())) {
        totals
            .computeIfAbsent(ends, EdgeTotals::new)
            .add(source.document(), number(row, weight), number(row, confidence));
      }
    }

    /** Whether a relationship is a link that was derived from nodes of other entities. */
    private static boolean isBetweenDocuments(
        String type, LinkedEntity source, LinkedEntity target) {
      return type.equals(SameAs.TYPE) && !source.document().equals(target.document());
    }

    /** The value of a column; 1 where there is none, as for a single certain statement. */
    private static double number(Row row, int column) {
      return column >= 0 && row.get(column) instanceof Number number ? number.doubleValue() : 1;
    }

    Map<String, Row> rows() {
      Map<String, Row> rows = new TreeMap<>();
      totals.forEach((ends, edge) -> rows.put(ends.key(), edge.row()));
      return rows;
    }
  }
}
