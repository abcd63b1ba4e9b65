package org.irisgraph.ask;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How two nodes are linked: one edge, or the edges of one of the shortest paths. */
public record ShownPath(GraphNode start, List<Step> steps) {

  /**
   * A step along an edge.
   *
   * @param relation type of the edge
   * @param direction {@code to} if the edge leads to the node, {@code from} if it leads from it,
   *     {@code both} if it has no direction
   * @param node the node that is reached
   * @param documents how many state the edge
   * @param proof a sentence of one of them
   */
  public record Step(
      String relation, String direction, GraphNode node, long documents, @Nullable Proof proof) {}
}
