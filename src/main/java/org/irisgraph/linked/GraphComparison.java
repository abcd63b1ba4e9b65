package org.irisgraph.linked;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.irisgraph.graphrag.LinkedTables;
import org.irisgraph.jdbc.Dialect;
import org.irisgraph.jdbc.Row;
import org.jspecify.annotations.Nullable;

/**
 * Compares the tables of the linked graph with what the rows of documents say.
 *
 * @param sameAs null if links between the entities of a node are not kept up
 * @param published null if the graph is not published
 */
record GraphComparison(
    LinkedTables linked,
    Dialect dialect,
    DocumentRows documents,
    @Nullable SameAsRows sameAs,
    @Nullable PublishedGraph published) {

  /** Which edges are summed up. */
  @FunctionalInterface
  private interface EdgeQuery {
    Map<String, Row> sum(
        DocumentRows documents,
        Connection connection,
        SortedMap<String, LinkedEntity> entities,
        DocumentRows.Reader relationships)
        throws SQLException;
  }

  /** What the rows of documents say of nodes, and which links of their entities are stored. */
  private record Found(
      Map<String, NodeTotals> nodes, Map<String, Row> edges, Map<String, Boolean> links) {}

  /** What differs in nodes that a change may concern, and in the edges between them. */
  Corrections corrections(Connection connection, WaitingChanges.Group changed) throws SQLException {
    List<NodeRange> ranges = NodeRange.of(changed.nodes());
    Found found = find(connection, ranges, DocumentRows::edgesWithin);
    return corrections(
        connection,
        ranges,
        changed.documents(),
        found,
        edges().select(connection, ranges, "source_node", "target_node"),
        published == null
            ? null
            : published.changes(
                connection,
                changed.nodes(),
                found.nodes(),
                found.edges().values(),
                changed.documents()));
  }

  /** What differs in a range of nodes and in the edges that lead from them. */
  Corrections corrections(Connection connection, NodeRange range) throws SQLException {
    List<NodeRange> ranges = List.of(range);
    return corrections(
        connection,
        ranges,
        Set.of(),
        find(connection, ranges, DocumentRows::edgesFrom),
        edges().select(connection, ranges, "source_node"),
        null);
  }

  private Corrections corrections(
      Connection connection,
      List<NodeRange> ranges,
      Set<String> changedDocuments,
      Found found,
      Map<String, Row> storedEdges,
      @Nullable PublishedChanges publishedChanges)
      throws SQLException {
    Map<String, Row> right = new TreeMap<>(dialect.keyOrder());
    found.nodes().forEach((key, node) -> right.put(key, node.row()));
    StoredRows nodes = StoredRows.of(dialect, linked.nodeDefinition());
    return new Corrections(
        nodes.difference(right, nodes.select(connection, ranges, "node_key")),
        edges().difference(found.edges(), storedEdges),
        sameAs == null
            ? null
            : sameAs.difference(
                connection, found.nodes().values(), found.links(), changedDocuments),
        publishedChanges);
  }

  private Found find(Connection connection, List<NodeRange> ranges, EdgeQuery edges)
      throws SQLException {
    SortedMap<String, LinkedEntity> entities = documents.entities(connection, ranges);
    Map<String, Boolean> links = new TreeMap<>();
    return new Found(
        documents.nodes(connection, entities),
        edges.sum(
            documents,
            connection,
            entities,
            sameAs == null ? (row, source) -> {} : sameAs.addTo(links)),
        links);
  }

  /**
   * What differs in a range of nodes and in the edges that lead from them, summed up by the server.
   * Only for a comparison {@link #withoutLinks}.
   *
   * @param most how many nodes, and how many edges, it may be
   */
  Corrections totals(Connection connection, GroupedRows server, NodeRange range, int most)
      throws SQLException {
    List<NodeRange> ranges = List.of(range);
    return corrections(
        connection,
        ranges,
        Set.of(),
        new Found(
            server.nodes(connection, range, most),
            server.edgesFrom(connection, range, most),
            Map.of()),
        edges().select(connection, ranges, "source_node"),
        null);
  }

  /**
   * What differs in the links between the entities of a range of nodes; nothing if they are not
   * kept up.
   *
   * @param areStored whether some may be stored
   */
  Corrections links(Connection connection, GroupedRows server, NodeRange range, boolean areStored)
      throws SQLException {
    if (sameAs == null) {
      return new Corrections(null, null, null, null);
    }
    Map<String, Boolean> stored = new TreeMap<>();
    if (areStored) {
      server.links(connection, range, sameAs.addTo(stored));
    }
    return Corrections.ofSameAs(
        sameAs.difference(connection, server.entities(connection, range), stored, Set.of()));
  }

  /** The same, but for the links between the entities of a node. */
  GraphComparison withoutLinks() {
    return new GraphComparison(linked, dialect, documents, null, published);
  }

  private StoredRows edges() {
    return StoredRows.of(dialect, linked.edgeDefinition());
  }
}
