package org.irisgraph.iris;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.locks.Lock;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Distribution;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.RetryPolicy;
import org.irisgraph.jdbc.StoreException;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * Hands batches to a {@link BatchWriter}. Batches that are not full, as at the end of the input,
 * are merged as long as the bundle lasts.
 */
final class WriteFn<T> extends DoFn<KV<Integer, Iterable<T>>, T> {

  private static final int ELEMENTS_BEFORE_GUARD = 500;

  private final ConnectionSettings settings;
  private final WritePlan<T> plan;
  private final Weigher<T> weigher;
  private final Duration retryFor;
  private final double maxRejectedShare;
  private final StopSignal stopSignal;
  private final TupleTag<T> committedTag;
  private final TupleTag<RejectedRow> rejectedTag;
  private final Counter transactions = Metrics.counter(IrisIO.class, "batches.committed");
  private final Counter retries = Metrics.counter(IrisIO.class, "batches.retried");
  private final Counter isolations = Metrics.counter(IrisIO.class, "batches.isolated");
  private final Counter fallbacks = Metrics.counter(IrisIO.class, "batches.fallbacks");
  private final Counter statements = Metrics.counter(IrisIO.class, "statements");
  private final Counter foreignReplaced = Metrics.counter(IrisIO.class, "rows.foreign.replaced");
  private final Counter held = Metrics.counter(IrisIO.class, "rows.foreign.held");
  private final Distribution rowsOfBatch = Metrics.distribution(IrisIO.class, "batch.rows");
  private final Distribution millisOfBatch = Metrics.distribution(IrisIO.class, "batch.millis");

  private transient Database database;
  private transient BatchWriter<T> writer;
  private transient List<T> buffer;
  private transient TreeSet<Integer> bufferedShards;
  private transient long bufferedWeight;
  private transient BoundedWindow bufferedWindow;
  private transient Instant bufferedTimestamp;
  private transient List<Written<T>> otherWindows;

  WriteFn(
      ConnectionSettings settings,
      WritePlan<T> plan,
      Weigher<T> weigher,
      Duration retryFor,
      double maxRejectedShare,
      StopSignal stopSignal,
      TupleTag<T> committedTag,
      TupleTag<RejectedRow> rejectedTag) {
    this.settings = settings;
    this.plan = plan;
    this.weigher = weigher;
    this.retryFor = retryFor;
    this.maxRejectedShare = maxRejectedShare;
    this.stopSignal = stopSignal;
    this.committedTag = committedTag;
    this.rejectedTag = rejectedTag;
  }

  @Setup
  public void setup() {
    database = Database.acquire(settings);
    plan.guard().open();
    writer = new BatchWriter<>(database, plan, new RetryPolicy(retryFor));
  }

  @StartBundle
  public void startBundle() {
    clear();
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
    if (!buffer.isEmpty() && !window.equals(bufferedWindow)) {
      // An output may not be older than the input at hand: that of another window has to wait.
      otherWindows.add(flush());
    }
    if (!buffer.isEmpty() && bufferedWeight + weight > weigher.batchRows()) {
      Written<T> written = flush();
      Instant at = timestamp.isAfter(written.timestamp()) ? timestamp : written.timestamp();
      for (T element : written.result().committed()) {
        output.get(committedTag).outputWithTimestamp(element, at);
      }
      for (RejectedRow row : written.result().rejected()) {
        output.get(rejectedTag).outputWithTimestamp(row, at);
      }
    }
    buffer.addAll(elements);
    bufferedShards.add(batch.getKey());
    bufferedWeight += weight;
    bufferedWindow = window;
    bufferedTimestamp =
        bufferedTimestamp == null || timestamp.isAfter(bufferedTimestamp)
            ? timestamp
            : bufferedTimestamp;
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context)
      throws StoreException, InterruptedException {
    if (!buffer.isEmpty() && !stopSignal.isRaised()) {
      otherWindows.add(flush());
    }
    for (Written<T> written : otherWindows) {
      for (T element : written.result().committed()) {
        context.output(committedTag, element, written.timestamp(), written.window());
      }
      for (RejectedRow row : written.result().rejected()) {
        context.output(rejectedTag, row, written.timestamp(), written.window());
      }
    }
    clear();
  }

  @Teardown
  public void teardown() {
    if (database != null) {
      plan.guard().close();
      database.close();
      database = null;
    }
  }

  private record Written<T>(BatchResult<T> result, Instant timestamp, BoundedWindow window) {}

  private void clear() {
    buffer = new ArrayList<>();
    bufferedShards = new TreeSet<>();
    bufferedWeight = 0;
    bufferedWindow = null;
    bufferedTimestamp = null;
    otherWindows = new ArrayList<>();
  }

  /** Writes what is buffered while no other thread writes to the same shards. */
  private Written<T> flush() throws StoreException, InterruptedException {
    List<Lock> held = new ArrayList<>();
    BatchResult<T> result;
    try {
      for (int shard : bufferedShards) {
        Lock lock = database.shardLock(shard);
        lock.lockInterruptibly();
        held.add(lock);
      }
      result = writer.write(buffer);
    } finally {
      held.forEach(Lock::unlock);
    }
    count(result);
    guard(result);
    Written<T> written = new Written<>(result, bufferedTimestamp, bufferedWindow);
    buffer = new ArrayList<>();
    bufferedShards = new TreeSet<>();
    bufferedWeight = 0;
    bufferedTimestamp = null;
    return written;
  }

  private void count(BatchResult<T> result) {
    BatchMetrics metrics = result.metrics();
    transactions.inc(metrics.transactions());
    retries.inc(metrics.retries());
    isolations.inc(metrics.isolations());
    fallbacks.inc(metrics.fallbacks());
    statements.inc(metrics.statements());
    foreignReplaced.inc(metrics.foreignReplaced());
    held.inc(metrics.held());
    result
        .committedRows()
        .forEach(
            (table, rows) -> Metrics.counter(IrisIO.class, "rows.committed." + table).inc(rows));
    for (RejectedRow row : result.rejected()) {
      // What the outcome table refuses is an element, and no table's row.
      Metrics.counter(
              IrisIO.class,
              row.table().isEmpty() ? "elements.refused" : "rows.rejected." + row.table())
          .inc();
    }
    if (metrics.transactions() > 0) {
      rowsOfBatch.update(
          metrics.rows(), metrics.transactions(), metrics.minRows(), metrics.maxRows());
      millisOfBatch.update(Math.round(metrics.millis() / metrics.transactions()));
    }
  }

  /** Fails once too many elements are refused: the tables are wrong then, and not the elements. */
  private void guard(BatchResult<T> result) throws StoreException.Stopped {
    long written = database.elementsWritten().addAndGet(result.toBeStored());
    long rejected = database.elementsRejected().addAndGet(result.mostlyRejected());
    if (written > ELEMENTS_BEFORE_GUARD && rejected > written * maxRejectedShare) {
      RejectedRow last = result.rejected().isEmpty() ? null : result.rejected().get(0);
      throw new StoreException.Stopped(
          "%d of %d elements were rejected, more than maxRejectedShare=%s allows%s"
              .formatted(
                  rejected,
                  written,
                  maxRejectedShare,
                  last == null
                      ? ""
                      : "; one of them: %s %s".formatted(last.code(), last.message())));
    }
  }
}
