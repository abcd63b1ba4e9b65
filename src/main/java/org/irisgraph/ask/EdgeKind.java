package org.irisgraph.ask;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The edges of one type and direction of a node: how many they are, and some of them. */
final class EdgeKind {

  /** What documents state comes before what they only mention together. */
  static final Comparator<EdgeKind> IN_ORDER =
      Comparator.comparing((EdgeKind kind) -> kind.direction.equals("both"))
          .thenComparing(kind -> -kind.edges)
          .thenComparing(kind -> kind.type)
          .thenComparing(kind -> kind.direction);

  private final String type;
  private final String direction;
  private final TreeSet<GraphEdge> first;
  private int edges;

  private EdgeKind(String type, String direction, String key) {
    this.type = type;
    this.direction = direction;
    this.first =
        new TreeSet<>(
            Comparator.comparingLong(GraphEdge::documents)
                .reversed()
                .thenComparing(edge -> edge.other(key)));
  }

  String type() {
    return type;
  }

  String direction() {
    return direction;
  }

  int edges() {
    return edges;
  }

  /** Those of most documents. */
  Collection<GraphEdge> first() {
    return first;
  }

  /** The kinds of edges of a node, of which it may have a hundred thousand edges. */
  static final class Collector {

    private final Map<List<String>, EdgeKind> kinds = new HashMap<>();
    private final String key;
    private final int most;

    /**
     * Collects edges.
     *
     * @param key of the node
     * @param most how many of a kind are kept
     */
    Collector(String key, int most) {
      this.key = key;
      this.most = most;
    }

    private EdgeKind kind(GraphEdge edge) {
      return kinds.computeIfAbsent(
          List.of(edge.type(), edge.direction(key)),
          none -> new EdgeKind(edge.type(), edge.direction(key), key));
    }

    /** Counts edges that are like one. */
    void count(GraphEdge edge, int edges) {
      kind(edge).edges += edges;
    }

    void keep(GraphEdge edge) {
      TreeSet<GraphEdge> first = kind(edge).first;
      first.add(edge);
      if (first.size() > most) {
        first.pollLast();
      }
    }

    List<EdgeKind> kinds() {
      return kinds.values().stream().sorted(IN_ORDER).toList();
    }
  }
}
