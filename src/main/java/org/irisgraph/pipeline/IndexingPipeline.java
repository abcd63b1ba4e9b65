package org.irisgraph.pipeline;

/** stub */
final class IndexingPipeline {
  private IndexingPipeline() {}
}
