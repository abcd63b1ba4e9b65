package org.irisgraph.iris;

import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.GroupIntoBatches;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.irisgraph.iris.batch.WritePlan;
import org.irisgraph.iris.spec.RejectedRow;
import org.irisgraph.jdbc.ConnectionSettings;
import org.joda.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Expands {@link IrisIO.Write}: keys elements by shard, gathers batches, writes them. */
final class WriteSteps {

  private static final Logger LOG = LoggerFactory.getLogger(WriteSteps.class);

  private WriteSteps() {}

  /** Static, so that the serialised functions contain only what they need. */
  static <T> WriteResult<T> apply(
      IrisIO.Write<T> write,
      ConnectionSettings connection,
      SerializableFunction<T, String> key,
      PCollection<T> input) {
    WritePlan<T> plan =
        WritePlan.<T>builder()
            .setTables(write.tables())
            .setOutcomes(write.outcomes())
            .setElementKey(key)
            .setBatchRows(write.batchRows())
            .setStorageMode(write.storageMode())
            .setOnBadRow(write.onBadRow())
            .setStatements(write.statements())
            .setLongText(write.longText())
            .setGuard(write.commitGuard())
            .setChangeLog(write.changeLog())
            .build();
    ShardKeys chosen = write.shards();
    ShardKeys shards = chosen == null ? ShardKeys.of(4 * connection.writers()) : chosen;
    Weigher<T> weigher =
        new Weigher<>(
            plan,
            write.elementRows(),
            write.elementBytes(),
            write.batchRows(),
            write.maxBatchBytes());
    GroupIntoBatches<Integer, T> batches =
        GroupIntoBatches.ofByteSize(write.batchRows(), weigher::weigh);
    Duration maxBuffering = write.maxBufferingDuration();
    if (maxBuffering == null && input.isBounded() == PCollection.IsBounded.UNBOUNDED) {
      LOG.warn(
          "the input is unbounded and withMaxBufferingDuration is not set: elements wait until a"
              + " shard has a full batch or their window ends");
    }
    if (maxBuffering != null) {
      batches = batches.withMaxBufferingDuration(maxBuffering);
    }
    TupleTag<T> committed = new TupleTag<>() {};
    TupleTag<RejectedRow> rejected = new TupleTag<>() {};
    PCollectionTuple outputs =
        input
            .apply(
                "KeyByShard",
                WithKeys.<Integer, T>of(element -> shards.of(key.apply(element)))
                    .withKeyType(TypeDescriptors.integers()))
            .setCoder(KvCoder.of(VarIntCoder.of(), input.getCoder()))
            .apply("GroupIntoBatches", batches)
            .apply(
                "WriteBatches",
                ParDo.of(
                        new WriteFn<>(
                            connection,
                            plan,
                            weigher,
                            write.retryFor(),
                            write.maxRejectedShare(),
                            write.stopSignal(),
                            committed,
                            rejected))
                    .withOutputTags(committed, TupleTagList.of(rejected)));
    return new WriteResult<>(
        input.getPipeline(),
        committed,
        outputs.get(committed).setCoder(input.getCoder()),
        rejected,
        outputs.get(rejected).setCoder(SerializableCoder.of(RejectedRow.class)));
  }
}
