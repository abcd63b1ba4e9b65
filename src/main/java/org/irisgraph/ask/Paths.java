package org.irisgraph.ask;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Finds the shortest paths between two sets of nodes, breadth-first from both ends. An edge may be
 * followed in both directions.
 */
final class Paths {

  /** More say little, since everything is connected then. */
  static final int MOST_HOPS = 4;

  /** A search through more edges ends without a path. */
  private static final int MOST_EDGES = 500_000;

  /** How many edges to the level before are kept of a node, those of most documents. */
  private static final int PARENTS = 3;

  private static final Comparator<GraphEdge> BEST_FIRST =
      Comparator.comparing(GraphEdge::isDirected)
          .thenComparingLong(GraphEdge::documents)
          .reversed()
          .thenComparing(GraphEdge::source)
          .thenComparing(GraphEdge::target)
          .thenComparing(GraphEdge::type);

  private final Connection connection;
  private final Nodes nodes;
  private int edges;

  Paths(Connection connection, Nodes nodes) {
    this.connection = connection;
    this.nodes = nodes;
  }

  /** What was reached from one end: the edges to the level before, by node. */
  private static final class Side {
    private final Map<String, List<GraphEdge>> reached = new HashMap<>();
    private Set<String> frontier;

    private Side(Collection<String> start) {
      start.forEach(key -> reached.put(key, List.of()));
      frontier = Set.copyOf(start);
    }

    private void advance(Map<String, List<GraphEdge>> next) {
      reached.putAll(next);
      frontier = next.keySet();
    }
  }

  /**
   * The edges between two sets of nodes, those that are stated first.
   *
   * @param rarer the set of fewer documents
   */
  List<GraphEdge> direct(Collection<String> rarer, Collection<String> others) throws SQLException {
    Set<GraphEdge> found = new TreeSet<>(BEST_FIRST);
    if (!nodes.lookUpBetween(connection, rarer, others, found::add)) {
      nodes.edges(
          connection,
          rarer,
          edge -> {
            if ((rarer.contains(edge.source()) && others.contains(edge.target()))
                || (others.contains(edge.source()) && rarer.contains(edge.target()))) {
              found.add(edge);
            }
          });
    }
    return List.copyOf(found);
  }

  /**
   * The shortest paths between sets without a common edge, each as its edges from the first set to
   * the second; none if they are longer than {@value #MOST_HOPS}.
   *
   * @param rarer the set of fewer documents
   */
  List<List<GraphEdge>> shortest(Collection<String> rarer, Collection<String> others, int most)
      throws SQLException {
    Side left = new Side(rarer);
    Side right = new Side(others);
    for (int hops = 0; hops < MOST_HOPS && edges < MOST_EDGES; hops++) {
      Side smaller = left.frontier.size() <= right.frontier.size() ? left : right;
      Side other = smaller == left ? right : left;
      if (hops == 0 || !meet(smaller, other)) {
        expand(smaller);
      }
      List<String> met =
          smaller.frontier.stream().filter(other.reached::containsKey).sorted().toList();
      if (!met.isEmpty()) {
        return met.stream()
            .flatMap(
                middle ->
                    back(left, middle).stream()
                        .flatMap(
                            head ->
                                back(right, middle).stream()
                                    .map(tail -> joined(reversed(head), tail))))
            .sorted(
                Comparator.comparingLong(
                        (List<GraphEdge> path) ->
                            -path.stream().mapToLong(GraphEdge::documents).min().orElse(0))
                    .thenComparing(List::toString))
            .limit(most)
            .toList();
      }
    }
    return List.of();
  }

  /** Goes on to the nodes of another side that are one edge away, if there are any. */
  private boolean meet(Side side, Side other) throws SQLException {
    Map<String, List<GraphEdge>> next = new LinkedHashMap<>();
    nodes.lookUpBetween(
        connection, side.frontier, other.frontier, edge -> follow(edge, side, next));
    if (!next.isEmpty()) {
      side.advance(next);
    }
    return !next.isEmpty();
  }

  private void expand(Side side) throws SQLException {
    Map<String, List<GraphEdge>> next = new LinkedHashMap<>();
    nodes.edges(connection, side.frontier, edge -> follow(edge, side, next));
    side.advance(next);
  }

  private void follow(GraphEdge edge, Side side, Map<String, List<GraphEdge>> next) {
    edges++;
    for (String end : List.of(edge.source(), edge.target())) {
      String other = edge.other(end);
      if (side.frontier.contains(end) && !side.reached.containsKey(other)) {
        keep(next.computeIfAbsent(other, none -> new ArrayList<>(1)), edge, other);
      }
    }
  }

  /** Keeps the best edges of a node, one for each node before it. */
  private static void keep(List<GraphEdge> parents, GraphEdge edge, String node) {
    Optional<GraphEdge> same =
        parents.stream().filter(parent -> parent.other(node).equals(edge.other(node))).findFirst();
    if (same.isPresent()) {
      if (BEST_FIRST.compare(edge, same.get()) >= 0) {
        return;
      }
      parents.remove(same.get());
    }
    parents.add(edge);
    parents.sort(BEST_FIRST);
    if (parents.size() > PARENTS) {
      parents.remove(PARENTS);
    }
  }

  /** The paths from a node back to the start of a side. */
  private static List<List<GraphEdge>> back(Side side, String node) {
    List<GraphEdge> parents = side.reached.getOrDefault(node, List.of());
    if (parents.isEmpty()) {
      return List.of(List.of());
    }
    return parents.stream()
        .flatMap(
            edge -> back(side, edge.other(node)).stream().map(rest -> joined(List.of(edge), rest)))
        .collect(Collectors.toList());
  }

  static List<GraphEdge> reversed(List<GraphEdge> path) {
    List<GraphEdge> reversed = new ArrayList<>(path);
    Collections.reverse(reversed);
    return reversed;
  }

  private static List<GraphEdge> joined(List<GraphEdge> first, List<GraphEdge> second) {
    List<GraphEdge> path = new ArrayList<>(first);
    path.addAll(second);
    return path;
  }
}
