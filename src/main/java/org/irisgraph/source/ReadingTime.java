package org.irisgraph.source;

import org.apache.beam.sdk.metrics.Counter;

/**
 * Counts the time that a step reads. Steps after it may run inside its outputs, and their time does
 * not count.
 */
final class ReadingTime implements AutoCloseable {

  static final String NAME = "reading.micros";

  private final Counter micros;
  private final long start = System.nanoTime();
  private long outside;

  /** Starts now. */
  ReadingTime(Counter micros) {
    this.micros = micros;
  }

  /** Gives an output to the next step. */
  void output(Runnable step) {
    long before = System.nanoTime();
    step.run();
    outside += System.nanoTime() - before;
  }

  @Override
  public void close() {
    micros.inc((System.nanoTime() - start - outside) / 1_000);
  }
}
