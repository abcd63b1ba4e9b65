package org.irisgraph.options;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How vectors are indexed. */
public enum VectorIndexKind {
  /** Not by the run. */
  @JsonProperty("none")
  NONE,
  /** As a graph of near neighbours (hierarchical navigable small worlds). */
  @JsonProperty("hnsw")
  HNSW
}
