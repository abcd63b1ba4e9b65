package org.irisgraph.iris;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;
import org.irisgraph.iris.batch.BatchResult;
import org.irisgraph.iris.batch.BatchWriter;
import org.irisgraph.iris.batch.WritePlan;
import org.irisgraph.iris.spec.RejectedRow;
import org.irisgraph.iris.spec.StopSignal;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.RetryPolicy;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.jdbc.WorkerDatabase;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Passes batches to a {@link BatchWriter}. Batches that are not full, as at the end of the input,
 * are merged within a bundle.
 */
final class WriteFn<T> extends DoFn<KV<Integer, Iterable<T>>, T> {

  /** Distinguishes this write from others of the pipeline. */
  private final UUID id = UUID.randomUUID();

  private final WorkerDatabase database;
  private final WritePlan<T> plan;
  private final Weigher<T> weigher;
  private final double maxRejectedShare;
  private final StopSignal stopSignal;
  private final TupleTag<T> committedTag;
  private final TupleTag<RejectedRow> rejectedTag;
  private final WriteMetrics metrics = new WriteMetrics();

  private transient @Nullable BatchWriter<T> writer;
  private transient @Nullable RejectedShare share;
  private transient @Nullable WriteBuffer<T> buffer;
  private transient @Nullable List<Written<T>> otherWindows;

  WriteFn(
      ConnectionSettings settings,
      WritePlan<T> plan,
      Weigher<T> weigher,
      Duration retryFor,
      double maxRejectedShare,
      StopSignal stopSignal,
      TupleTag<T> committedTag,
      TupleTag<RejectedRow> rejectedTag) {
    this.database = new WorkerDatabase(settings, retryFor);
    this.plan = plan;
    this.weigher = weigher;
    this.maxRejectedShare = maxRejectedShare;
    this.stopSignal = stopSignal;
    this.committedTag = committedTag;
    this.rejectedTag = rejectedTag;
  }

  @Setup
  public void setup() {
    database.open();
    plan.guard().open();
    share = RejectedShare.OF_WRITES.acquire(id, unused -> new RejectedShare());
    writer = new BatchWriter<>(database.get(), plan, new RetryPolicy(database.retryFor()));
  }

  @StartBundle
  public void startBundle() {
    buffer = null;
    otherWindows = new ArrayList<>();
  }

  @ProcessElement
  public void processElement(
      @Element KV<Integer, Iterable<T>> batch,
      @Timestamp Instant timestamp,
      BoundedWindow window,
      MultiOutputReceiver output)
      throws StoreException, InterruptedException {
    if (stopSignal.isRaised()) {
      return;
    }
    List<T> elements = new ArrayList<>();
    long weight = 0;
    for (T element : batch.getValue()) {
      elements.add(element);
      weight += weigher.weigh(element);
    }
    if (buffer != null && !window.equals(buffer.window())) {
      // An output must not be older than the current input: that of another window has to wait.
      keep(flush(buffer));
    }
    if (buffer != null && buffer.weight() + weight > weigher.batchRows()) {
      Written<T> written = flush(buffer);
      Instant at = WriteBuffer.later(timestamp, written.timestamp());
      for (T element : written.result().committed()) {
        output.get(committedTag).outputWithTimestamp(element, at);
      }
      for (RejectedRow row : written.result().rejected()) {
        output.get(rejectedTag).outputWithTimestamp(row, at);
      }
    }
    if (buffer == null) {
      buffer = new WriteBuffer<>(window, timestamp);
    }
    buffer.add(batch.getKey(), elements, weight, timestamp);
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context)
      throws StoreException, InterruptedException {
    if (buffer != null && !stopSignal.isRaised()) {
      keep(flush(buffer));
    }
    for (Written<T> written : List.copyOf(kept())) {
      for (T element : written.result().committed()) {
        context.output(committedTag, element, written.timestamp(), written.window());
      }
      for (RejectedRow row : written.result().rejected()) {
        context.output(rejectedTag, row, written.timestamp(), written.window());
      }
    }
    startBundle();
  }

  @Teardown
  public void teardown() {
    if (writer != null) {
      plan.guard().close();
      writer = null;
    }
    if (share != null) {
      RejectedShare.OF_WRITES.release(id);
      share = null;
    }
    database.close();
  }

  private record Written<T>(BatchResult<T> result, Instant timestamp, BoundedWindow window) {}

  private void keep(Written<T> written) {
    kept().add(written);
  }

  private List<Written<T>> kept() {
    return Objects.requireNonNull(otherWindows, "no bundle has been started");
  }

  /** Writes the buffer while no other thread writes to its shards. */
  private Written<T> flush(WriteBuffer<T> full) throws StoreException, InterruptedException {
    Database open = database.get();
    List<Lock> locked = new ArrayList<>();
    BatchResult<T> result;
    long start = System.nanoTime();
    try {
      for (int shard : full.shards()) {
        Lock lock = open.shardLock(shard);
        lock.lockInterruptibly();
        locked.add(lock);
      }
      metrics.waitedMicros((System.nanoTime() - start) / 1_000);
      result = Objects.requireNonNull(writer, "setup has not run").write(full.elements());
    } finally {
      locked.forEach(Lock::unlock);
    }
    metrics.count(result);
    Objects.requireNonNull(share, "setup has not run").add(result, maxRejectedShare);
    buffer = null;
    return new Written<>(result, full.timestamp(), full.window());
  }
}
