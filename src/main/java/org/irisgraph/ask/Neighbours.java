package org.irisgraph.ask;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The neighbours of a node by kind of edge, each with a sentence that proves the edge. */
final class Neighbours {

  private final Connection connection;
  private final Nodes nodes;
  private final Proofs proofs;

  Neighbours(Connection connection, Nodes nodes, Proofs proofs) {
    this.connection = connection;
    this.nodes = nodes;
    this.proofs = proofs;
  }

  /**
   * The neighbours of a node.
   *
   * @param most how many of a kind
   */
  List<ShownNode.Group> of(GraphNode node, int most) throws SQLException {
    List<EdgeKind> kinds = nodes.kinds(connection, node.key(), most);
    Map<String, GraphNode> others =
        nodes.withKeys(
            connection,
            kinds.stream()
                .flatMap(kind -> kind.first().stream())
                .map(edge -> edge.other(node.key()))
                .collect(Collectors.toSet()));
    List<ShownNode.Group> groups = new ArrayList<>();
    for (EdgeKind kind : kinds) {
      List<ShownNode.Neighbour> first = new ArrayList<>();
      for (GraphEdge edge : kind.first()) {
        GraphNode other = others.get(edge.other(node.key()));
        if (other != null) {
          first.add(
              new ShownNode.Neighbour(
                  other, edge.documents(), proofs.of(edge, node, other).orElse(null)));
        }
      }
      groups.add(new ShownNode.Group(kind.type(), kind.direction(), kind.edges(), first));
    }
    return groups;
  }
}
