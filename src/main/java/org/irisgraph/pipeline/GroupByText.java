package org.irisgraph.pipeline;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.GroupIntoBatches;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.RunnerKind;
import org.irisgraph.runner.BalancedShardKeys;
import org.joda.time.Duration;

/**
 * Groups documents into batches for a model behind an endpoint. Documents with the same text share
 * a shard, so that the second one finds the cached answer.
 *
 * @param <T> a document
 */
final class GroupByText<T>
    extends PTransform<PCollection<T>, PCollection<KV<Integer, Iterable<T>>>> {

  private final IndexingOptions options;
  private final Coder<T> coder;
  private final SerializableFunction<T, String> text;
  private final SerializableFunction<T, Long> weight;
  private final long batchWeight;

  /**
   * @param weight of a document
   * @param batchWeight at which a batch is full
   */
  GroupByText(
      IndexingOptions options,
      Coder<T> coder,
      SerializableFunction<T, String> text,
      SerializableFunction<T, Long> weight,
      long batchWeight) {
    this.options = options;
    this.coder = coder;
    this.text = text;
    this.weight = weight;
    this.batchWeight = batchWeight;
  }

  @Override
  public PCollection<KV<Integer, Iterable<T>>> expand(PCollection<T> documents) {
    List<Integer> shards = shards();
    SerializableFunction<T, String> textOf = text;
    return documents
        .apply(
            "KeyByText",
            WithKeys.<Integer, T>of(
                    element ->
                        shards.get(Math.floorMod(textOf.apply(element).hashCode(), shards.size())))
                .withKeyType(TypeDescriptors.integers()))
        .setCoder(KvCoder.of(VarIntCoder.of(), coder))
        .apply(
            "GroupIntoBatches",
            GroupIntoBatches.<Integer, T>ofByteSize(batchWeight, weight)
                .withMaxBufferingDuration(Duration.millis(options.getMaxBufferingMillis())));
  }

  /** One shard per thread: fewer would leave threads idle, more would leave calls half empty. */
  private List<Integer> shards() {
    int threads = RunnerKind.parallelism(options);
    return RunnerKind.isFlink(options)
        ? BalancedShardKeys.of(threads, options.as(FlinkPipelineOptions.class), threads)
        : IntStream.range(0, threads).boxed().toList();
  }
}
