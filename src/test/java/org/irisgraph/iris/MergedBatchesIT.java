package org.irisgraph.iris;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.OutputBuilder;
import org.apache.beam.sdk.values.TupleTag;
import org.irisgraph.iris.Parcel.Item;
import org.irisgraph.iris.batch.WritePlan;
import org.irisgraph.iris.wire.InsertPath;
import org.irisgraph.iris.wire.IrisWireServer;
import org.irisgraph.iris.wire.LoggedMessage;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Merging of partial batches, which the end of the input leaves in each shard. It counts messages
 * on the stand-in for IRIS, without a runner, since a runner chooses the batches of a bundle.
 */
@Tag("slow")
class MergedBatchesIT {

  private static final int SHARDS = 10;
  private static final int ROWS_OF_EACH = 30;
  private static final int BATCH_ROWS = 100;

  /** The columns of all tables are looked up once, in one transaction. */
  private static final int COMMITS_OF_LOOK_UPS = 1;

  private final List<Object> outputs = new ArrayList<>();

  /** Ten batches of 30 rows, at most 100 in a transaction: three times three, and one. */
  @Test
  void mergesThePartialBatchesOfABundleUpToBatchRows() throws Exception {
    IrisWireServer server = IrisWireServer.start(InsertPath.FAST);
    try (TestTarget target = TestTarget.iris(server)) {
      target.execute(Parcel.schemaAndTables());
      WriteFn<Parcel> writeFn = writeFn(target);
      writeFn.setup();
      try {
        writeBundle(writeFn);
      } finally {
        writeFn.teardown();
      }

      assertThat(executions(server, "T.Parcels"), is(List.of(90, 90, 90, 30)));
      assertThat(executions(server, "T.Items"), is(List.of(90, 90, 90, 30)));
      assertThat(server.count("PU"), is(8));
      assertThat(server.count("TC"), is(4 + COMMITS_OF_LOOK_UPS));
      assertThat(target.count("T.Items"), is((long) SHARDS * ROWS_OF_EACH));
      assertThat(outputs, hasSize(SHARDS * ROWS_OF_EACH));
    }
  }

  private static List<Integer> executions(IrisWireServer server, String table) {
    return server.messages().stream()
        .filter(message -> message.type().equals("PU"))
        .filter(message -> message.sql().replace(" ", "").contains("UPDATE" + table + "("))
        .map(LoggedMessage::rows)
        .toList();
  }

  private static WriteFn<Parcel> writeFn(TestTarget target) {
    WritePlan<Parcel> plan =
        WritePlan.<Parcel>builder()
            .setTables(Parcel.writes())
            .setElementKey(Parcel::id)
            .setBatchRows(BATCH_ROWS)
            .build();
    return new WriteFn<>(
        target.settings(),
        plan,
        new Weigher<>(plan, null, null, BATCH_ROWS, 1_000_000),
        Duration.standardSeconds(10),
        0.5,
        () -> false,
        new TupleTag<>("committed"),
        new TupleTag<>("rejected"));
  }

  private void writeBundle(WriteFn<Parcel> writeFn) throws Exception {
    writeFn.startBundle();
    for (int shard = 0; shard < SHARDS; shard++) {
      List<Parcel> batch = new ArrayList<>();
      for (int i = 0; i < ROWS_OF_EACH; i++) {
        String id = shard + "-" + i;
        batch.add(Parcel.of(id, new Item(id, "item")));
      }
      writeFn.processElement(
          KV.of(shard, batch), Instant.EPOCH, GlobalWindow.INSTANCE, new Receivers());
    }
    writeFn.finishBundle(new Context(writeFn));
  }

  /** Collects the outputs of a bundle. */
  private final class Receivers implements DoFn.MultiOutputReceiver {

    @Override
    public <T> DoFn.OutputReceiver<T> get(TupleTag<T> tag) {
      return new DoFn.OutputReceiver<>() {
        @Override
        public void outputWithTimestamp(T output, Instant timestamp) {
          outputs.add(output);
        }

        @Override
        public OutputBuilder<T> builder(T value) {
          throw new UnsupportedOperationException();
        }
      };
    }

    @Override
    public <T> DoFn.OutputReceiver<org.apache.beam.sdk.values.Row> getRowReceiver(TupleTag<T> tag) {
      throw new UnsupportedOperationException();
    }
  }

  /** What is given out as the bundle ends. */
  private final class Context
      extends DoFn<KV<Integer, Iterable<Parcel>>, Parcel>.FinishBundleContext {

    Context(DoFn<KV<Integer, Iterable<Parcel>>, Parcel> doFn) {
      doFn.super();
    }

    @Override
    public PipelineOptions getPipelineOptions() {
      return PipelineOptionsFactory.create();
    }

    @Override
    public void output(Parcel output, Instant timestamp, BoundedWindow window) {
      outputs.add(output);
    }

    @Override
    public <T> void output(TupleTag<T> tag, T output, Instant timestamp, BoundedWindow window) {
      outputs.add(output);
    }
  }
}
