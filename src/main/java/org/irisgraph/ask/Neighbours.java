package org.irisgraph.ask;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The neighbours of a node by kind of edge, each with a sentence that proves the edge. */
final class Neighbours {

  /** What documents state comes before what they only mention together. */
  private static final Comparator<Kind> IN_ORDER =
      Comparator.comparing((Kind kind) -> !kind.edges().get(0).isDirected())
          .thenComparing(kind -> -kind.edges().size())
          .thenComparing(Kind::relation)
          .thenComparing(Kind::direction);

  private final Connection connection;
  private final Nodes nodes;
  private final Proofs proofs;

  Neighbours(Connection connection, Nodes nodes, Proofs proofs) {
    this.connection = connection;
    this.nodes = nodes;
    this.proofs = proofs;
  }

  private record Kind(String relation, String direction, List<GraphEdge> edges) {}

  /**
   * The neighbours of a node.
   *
   * @param most how many of a kind
   */
  List<ShownNode.Group> of(GraphNode node, int most) throws SQLException {
    List<Kind> kinds = kinds(node.key());
    Map<String, GraphNode> others =
        nodes.withKeys(
            connection,
            kinds.stream()
                .flatMap(kind -> kind.edges().stream().limit(most))
                .map(edge -> edge.other(node.key()))
                .collect(Collectors.toSet()));
    List<ShownNode.Group> groups = new ArrayList<>();
    for (Kind kind : kinds) {
      List<ShownNode.Neighbour> first = new ArrayList<>();
      for (GraphEdge edge : kind.edges().stream().limit(most).toList()) {
        GraphNode other = others.get(edge.other(node.key()));
        if (other != null) {
          first.add(
              new ShownNode.Neighbour(
                  other, edge.documents(), proofs.of(edge, node, other).orElse(null)));
        }
      }
      groups.add(
          new ShownNode.Group(kind.relation(), kind.direction(), kind.edges().size(), first));
    }
    return groups;
  }

  /** The kinds of edges of a node, each with its edges, those of most documents first. */
  private List<Kind> kinds(String key) throws SQLException {
    Map<List<String>, Kind> kinds = new LinkedHashMap<>();
    nodes.edges(
        connection,
        List.of(key),
        edge ->
            kinds
                .computeIfAbsent(
                    List.of(edge.type(), edge.direction(key)),
                    none -> new Kind(edge.type(), edge.direction(key), new ArrayList<>()))
                .edges()
                .add(edge));
    kinds
        .values()
        .forEach(
            kind ->
                kind.edges()
                    .sort(
                        Comparator.comparingLong(GraphEdge::documents)
                            .reversed()
                            .thenComparing(edge -> edge.other(key))));
    return kinds.values().stream().sorted(IN_ORDER).toList();
  }
}
