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

/** The steps of {@link IrisIO.Write}: elements are keyed by shard, batched, and written. */
final class WriteSteps {

  private WriteSteps() {}

  /** Static, so that what is serialised holds on to nothing but what it needs. */
  static <T> WriteResult<T> apply(IrisIO.Write<T> write, PCollection<T> input) {
    WritePlan<T> plan =
        new WritePlan<>(
            write.tables(),
            write.outcomes(),
            write.elementKey(),
            write.batchRows(),
            write.storageMode(),
            write.onBadRow(),
            write.statements(),
            write.commitGuard());
    ShardKeys shards =
        write.shards() == null ? ShardKeys.of(4 * write.connection().writers()) : write.shards();
    SerializableFunction<T, String> key = write.elementKey();
    Weigher<T> weigher =
        new Weigher<>(
            plan,
            write.elementRows(),
            write.elementBytes(),
            write.batchRows(),
            write.maxBatchBytes());
    GroupIntoBatches<Integer, T> batches =
        GroupIntoBatches.ofByteSize(write.batchRows(), weigher::weigh);
    if (write.maxBufferingDuration() != null) {
      batches = batches.withMaxBufferingDuration(write.maxBufferingDuration());
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
                            write.connection(),
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
