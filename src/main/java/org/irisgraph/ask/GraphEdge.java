package org.irisgraph.ask;

import java.util.Comparator;
import org.irisgraph.graph.Relationship;

/**
 * What documents state about two nodes.
 *
 * @param source key of the node from which it leads
 * @param target key of the other node
 * @param type as in {@code causes}
 * @param documents how many state it
 */
public record GraphEdge(String source, String target, String type, long documents) {

  /** What documents state comes before what they only mention together. */
  static final Comparator<GraphEdge> MOST_TELLING_FIRST =
      Comparator.comparing((GraphEdge edge) -> !edge.isDirected())
          .thenComparing(Comparator.comparingLong(GraphEdge::documents).reversed())
          .thenComparing(GraphEdge::source)
          .thenComparing(GraphEdge::target)
          .thenComparing(GraphEdge::type);

  boolean isDirected() {
    return !type.equals(Relationship.CO_OCCURS_WITH);
  }

  /** {@code to} or {@code from} the other end, seen from one of the ends; else {@code both}. */
  String direction(String key) {
    return !isDirected() ? "both" : source.equals(key) ? "to" : "from";
  }

  /** The other end, seen from one of the ends. */
  String other(String key) {
    return source.equals(key) ? target : source;
  }
}
