package org.irisgraph.pipeline;

/** A run that ended early because it was asked to. */
final class StoppedRunException extends RuntimeException {

  StoppedRunException() {
    super("stopped on request, between two batches");
  }
}
