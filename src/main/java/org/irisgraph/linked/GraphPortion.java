package org.irisgraph.linked;

import java.io.Serializable;

/**
 * Some of the nodes, which one worker corrects while others correct the rest.
 *
 * @param part what of them is corrected
 * @param turn which the rebuild has taken for all of them
 */
public record GraphPortion(NodeRange nodes, Part part, int number, String turn)
    implements Serializable {

  /** What a portion has of its nodes. */
  public enum Part {
    /** The nodes, the edges that lead from them and the links between their entities. */
    EVERYTHING,
    /** The nodes and edges, which the server sums up. */
    TOTALS,
    /** The links between their entities. */
    LINKS,
    /** The links between their entities, none of which was stored when the rebuild began. */
    NEW_LINKS
  }
}
