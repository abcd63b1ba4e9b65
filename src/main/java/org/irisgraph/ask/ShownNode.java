package org.irisgraph.ask;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A node with what is around it.
 *
 * @param types the types of its entities, with how many have them
 * @param spellings the names of its entities, most frequent first, with how many have them
 * @param entitiesRead how many entities types and spellings were counted in; the node may have more
 * @param proofs sentences of some of its documents
 */
public record ShownNode(
    GraphNode node,
    Map<String, Integer> types,
    Map<String, Integer> spellings,
    int entitiesRead,
    List<Proof> proofs,
    List<Group> neighbours) {

  /**
   * The neighbours by one kind of edge.
   *
   * @param relation type of the edges
   * @param direction {@code to} if they lead to the neighbours, {@code from} if they lead from
   *     them, {@code both} if they have no direction
   * @param count how many there are
   * @param first those of most documents
   */
  public record Group(String relation, String direction, long count, List<Neighbour> first) {}

  /**
   * A neighbour.
   *
   * @param documents how many state the edge
   * @param proof a sentence of one of them
   */
  public record Neighbour(GraphNode node, long documents, @Nullable Proof proof) {}
}
