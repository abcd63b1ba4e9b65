package org.irisgraph.ask;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The neighbours of a node by kind of edge, each with a sentence that proves the edge. */
final class Neighbours {

  /** What documents state comes before what they only mention together. */
  private static final Comparator<Kind> IN_ORDER =
      Comparator.comparing((Kind kind) -> kind.direction.equals("both"))
          .thenComparing(kind -> -kind.edges)
          .thenComparing(kind -> kind.relation)
          .thenComparing(kind -> kind.direction);

  private final Connection connection;
  private final Nodes nodes;
  private final Proofs proofs;

  Neighbours(Connection connection, Nodes nodes, Proofs proofs) {
    this.connection = connection;
    this.nodes = nodes;
    this.proofs = proofs;
  }

  private static final class Kind {

    final String relation;
    final String direction;
    final TreeSet<GraphEdge> first;
    int edges;

    Kind(String relation, String direction, String key) {
      this.relation = relation;
      this.direction = direction;
      this.first =
          new TreeSet<>(
              Comparator.comparingLong(GraphEdge::documents)
                  .reversed()
                  .thenComparing(edge -> edge.other(key)));
    }

    /** Keeps the edges of most documents. */
    void add(GraphEdge edge, int most) {
      edges++;
      first.add(edge);
      if (first.size() > most) {
        first.pollLast();
      }
    }
  }

  /**
   * The neighbours of a node.
   *
   * @param most how many of a kind
   */
  List<ShownNode.Group> of(GraphNode node, int most) throws SQLException {
    List<Kind> kinds = kinds(node.key(), most);
    Map<String, GraphNode> others =
        nodes.withKeys(
            connection,
            kinds.stream()
                .flatMap(kind -> kind.first.stream())
                .map(edge -> edge.other(node.key()))
                .collect(Collectors.toSet()));
    List<ShownNode.Group> groups = new ArrayList<>();
    for (Kind kind : kinds) {
      List<ShownNode.Neighbour> first = new ArrayList<>();
      for (GraphEdge edge : kind.first) {
        GraphNode other = others.get(edge.other(node.key()));
        if (other != null) {
          first.add(
              new ShownNode.Neighbour(
                  other, edge.documents(), proofs.of(edge, node, other).orElse(null)));
        }
      }
      groups.add(new ShownNode.Group(kind.relation, kind.direction, kind.edges, first));
    }
    return groups;
  }

  /** The kinds of edges of a node; a node may have a hundred thousand edges. */
  private List<Kind> kinds(String key, int most) throws SQLException {
    Map<List<String>, Kind> kinds = new HashMap<>();
    nodes.edges(
        connection,
        List.of(key),
        edge ->
            kinds
                .computeIfAbsent(
                    List.of(edge.type(), edge.direction(key)),
                    none -> new Kind(edge.type(), edge.direction(key), key))
                .add(edge, most));
    return kinds.values().stream().sorted(IN_ORDER).toList();
  }
}
