package org.irisgraph.runner;

/** Reports that a run ended early because it was asked to. */
public final class StoppedRunException extends RuntimeException {

  public StoppedRunException() {
    super("stopped on request, between two batches");
  }

  /** For a job on a cluster, which rolls back what is not committed. */
  public StoppedRunException(Throwable cancellation) {
    super("stopped on request: the job on the cluster was cancelled", cancellation);
  }
}
