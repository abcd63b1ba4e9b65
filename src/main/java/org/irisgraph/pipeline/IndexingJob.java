package org.irisgraph.pipeline;

import java.util.Objects;

/** One run of the indexing pipeline: starts it, waits for its end and reads the ledger. */
public final class IndexingJob implements Job {

  private final IndexingOptions options;

  public IndexingJob(IndexingOptions options) {
    this.options = Objects.requireNonNull(options, "options");
  }

  @Override
  public Summary run() {
    throw new UnsupportedOperationException(
        "pipeline " + options.getPipeline() + " cannot be run yet");
  }

  @Override
  public Progress progress() {
    return Progress.NONE;
  }
}
