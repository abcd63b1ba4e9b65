package org.irisgraph.pipeline;

/** A run that ended early because it was asked to. */
final class StoppedRunException extends RuntimeException {

  StoppedRunException() {
    super("stopped on request, between two batches");
  }

  /** A job on a cluster, which rolls back what is not committed. */
  StoppedRunException(Throwable cancellation) {
    super("stopped on request: the job on the cluster was cancelled", cancellation);
  }
}
