package org.irisgraph.options;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How entities of different documents are linked. */
public enum LinkEntities {
  /** Each document keeps a graph of its own. */
  @JsonProperty("none")
  NONE,
  /** Entities that are the same belong to one node; nodes and edges are tables. */
  @JsonProperty("nodes")
  NODES,
  /** Also relationships of type {@code same_as} between the entities of a node. */
  @JsonProperty("same_as")
  SAME_AS
}
