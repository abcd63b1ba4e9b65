package org.irisgraph.runner;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the workers in this JVM have done for a run so far, for its progress: Beam's metrics are
 * known only at the end of a pipeline on Flink. Workers elsewhere are not counted, and what a
 * runner repeats is counted again.
 */
public final class LocalWork {

  private static final Map<String, LocalWork> RUNS = new ConcurrentHashMap<>();
  private static final LocalWork UNWATCHED = new LocalWork();

  private final LongAdder bytes = new LongAdder();
  private final LongAdder read = new LongAdder();
  private final LongAdder extracted = new LongAdder();

  private LocalWork() {}

  /** Begins to count for a run of this JVM, until {@link #forget}. */
  public static void watch(String runId) {
    RUNS.put(runId, new LocalWork());
  }

  /** Forgets a run that has ended. */
  public static void forget(String runId) {
    RUNS.remove(runId);
  }

  /** The counts of a run; a run that is not watched from this JVM shares them with others. */
  public static LocalWork of(String runId) {
    return RUNS.getOrDefault(runId, UNWATCHED);
  }

  public void addBytes(long more) {
    bytes.add(more);
  }

  public void addRead() {
    read.increment();
  }

  public void addExtracted() {
    extracted.increment();
  }

  /** Bytes of text whose documents were read, about. */
  public long bytes() {
    return bytes.sum();
  }

  /** Documents that were read. */
  public long read() {
    return read.sum();
  }

  /** Documents whose entities were extracted, also without success. */
  public long extracted() {
    return extracted.sum();
  }
}
