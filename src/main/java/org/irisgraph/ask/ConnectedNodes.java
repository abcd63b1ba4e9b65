package org.irisgraph.ask;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.irisgraph.graphrag.EvidenceTables;
import org.irisgraph.graphrag.GraphTables;
import org.irisgraph.graphrag.LinkedTables;
import org.irisgraph.jdbc.Dialect;
import org.jspecify.annotations.Nullable;

/** The part of the linked graph around its most connected nodes. */
public final class ConnectedNodes {

  private final Connection connection;
  private final Dialect dialect;
  private final LinkedTables linked;
  private final LinkedNodes nodes;
  private final Proofs proofs;

  /**
   * Reads on one connection from tables that exist.
   *
   * @param ledgerSchema the schema of the tables beside the ledger
   */
  public ConnectedNodes(
      Connection connection, Dialect dialect, GraphTables tables, String ledgerSchema)
      throws SQLException {
    this.connection = connection;
    this.dialect = dialect;
    this.linked = new LinkedTables(ledgerSchema);
    this.nodes = new HubNodes(tables, linked, dialect);
    this.proofs = new Proofs(connection, nodes, tables, new EvidenceTables(ledgerSchema));
  }

  /**
   * A node.
   *
   * @param edges how many it has in the whole graph
   */
  public record Hub(GraphNode node, long edges) {}

  /**
   * An edge.
   *
   * @param proof a sentence that states it; null if none was found
   */
  public record ProvenEdge(GraphEdge edge, boolean directed, @Nullable Proof proof) {}

  /** Nodes, those of most edges first, and edges between them. */
  public record Part(List<Hub> nodes, List<ProvenEdge> edges) {}

  /** Reads the nodes of most edges, and the edges between them that say most. */
  public Part part(int mostNodes, int mostEdges) throws SQLException {
    Map<String, Hub> hubs = hubs(mostNodes);
    TreeSet<GraphEdge> kept = new TreeSet<>(GraphEdge.MOST_TELLING_FIRST);
    nodes.edgesAmong(
        connection,
        hubs.keySet(),
        edge -> {
          kept.add(edge);
          if (kept.size() > mostEdges) {
            kept.pollLast();
          }
        });
    List<ProvenEdge> edges = new ArrayList<>();
    for (GraphEdge edge : kept) {
      edges.add(
          new ProvenEdge(
              edge,
              edge.isDirected(),
              proofs.of(edge, node(hubs, edge.source()), node(hubs, edge.target())).orElse(null)));
    }
    return new Part(List.copyOf(hubs.values()), edges);
  }

  private static GraphNode node(Map<String, Hub> hubs, String key) {
    return Objects.requireNonNull(hubs.get(key), key).node();
  }

  private Map<String, Hub> hubs(int most) throws SQLException {
    Map<String, Long> degrees = new LinkedHashMap<>();
    String key = dialect.exactText("node_key");
    String query =
        "SELECT %s AS node, SUM(edges) AS degree FROM (%s UNION ALL %s) ends GROUP BY %s ORDER BY degree DESC, node"
            .formatted(key, ends("source_node"), ends("target_node"), key);
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setMaxRows(most);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          degrees.put(rows.getString(1), rows.getLong(2));
        }
      }
    }
    Map<String, GraphNode> found = nodes.withKeys(connection, degrees.keySet());
    Map<String, Hub> hubs = new LinkedHashMap<>();
    degrees.forEach(
        (node, edges) -> {
          GraphNode known = found.get(node);
          if (known != null) {
            hubs.put(node, new Hub(known, edges));
          }
        });
    return hubs;
  }

  private String ends(String column) {
    String key = dialect.exactText(column);
    return "SELECT %s AS node_key, COUNT(*) AS edges FROM %s GROUP BY %s"
        .formatted(key, linked.edges(), key);
  }
}
