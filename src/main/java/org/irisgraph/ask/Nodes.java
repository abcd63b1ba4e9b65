package org.irisgraph.ask;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The nodes and edges that questions are about. All look-ups are by index. */
interface Nodes {

  /** The nodes with a spelling or a concept. */
  List<GraphNode> named(Connection connection, String name) throws SQLException;

  /** The nodes with these keys, by key. */
  Map<String, GraphNode> withKeys(Connection connection, Collection<String> keys)
      throws SQLException;

  /** Gives the edges from and to these nodes; one between two of them may come twice. */
  void edges(Connection connection, Collection<String> keys, Consumer<GraphEdge> edges)
      throws SQLException;

  /**
   * Gives the edges between a node of one set and a node of another, each once, if they can be
   * looked up without all other edges of these nodes.
   *
   * @return whether they could; otherwise none is given
   */
  default boolean lookUpBetween(
      Connection connection,
      Collection<String> ones,
      Collection<String> others,
      Consumer<GraphEdge> edges)
      throws SQLException {
    return false;
  }

  /**
   * The kinds of edges of a node.
   *
   * @param most how many edges of a kind are wanted
   */
  default List<EdgeKind> kinds(Connection connection, String key, int most) throws SQLException {
    EdgeKind.Collector kinds = new EdgeKind.Collector(key, most);
    edges(
        connection,
        List.of(key),
        edge -> {
          kinds.count(edge, 1);
          kinds.keep(edge);
        });
    return kinds.kinds();
  }

  /** Gives some edges, the same ones each time: a bounded look at a graph of any size. */
  void firstEdges(Connection connection, int most, Consumer<GraphEdge> edges) throws SQLException;

  /** The first entities of a node. */
  List<Occurrence> occurrences(Connection connection, String key, int most) throws SQLException;

  /** Those of these entities in whose documents another node may be. */
  default List<Occurrence> beside(
      Connection connection, List<Occurrence> occurrences, String otherKey) throws SQLException {
    return occurrences;
  }

  /** Those of these entities that belong to a node, by their ids. */
  Set<String> entitiesOf(Connection connection, String key, Collection<String> entityIds)
      throws SQLException;

  /** Names in their order from one on. */
  List<String> namesFrom(Connection connection, String first, int most) throws SQLException;
}
