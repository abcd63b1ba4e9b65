package org.irisgraph.pipeline;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.GroupIntoBatches;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.irisgraph.extract.llm.Prompt;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.RunnerKind;
import org.irisgraph.plan.RunPlan;
import org.irisgraph.runner.BalancedShardKeys;
import org.irisgraph.source.DocumentGraphCoder;
import org.irisgraph.source.HashedDocument;
import org.irisgraph.source.HashedDocumentCoder;
import org.joda.time.Duration;

/**
 * Extraction with a language model: groups documents by their tokens into batches of as many calls
 * as may run at once, and asks the model about each batch.
 */
final class AskLanguageModel
    extends PTransform<PCollection<HashedDocument>, PCollection<DocumentGraph>> {

  private final RunPlan plan;

  AskLanguageModel(RunPlan plan) {
    this.plan = plan;
  }

  @Override
  public PCollection<DocumentGraph> expand(PCollection<HashedDocument> documents) {
    IndexingOptions options = plan.options();
    List<Integer> shards = shards(options);
    long room = plan.extraction().extractors().prompt().orElseThrow().room();
    return documents
        .apply(
            "KeyByText",
            // Documents with the same text share a shard, so the second one finds the cached
            // answer.
            WithKeys.<Integer, HashedDocument>of(
                    element ->
                        shards.get(
                            Math.floorMod(element.document().text().hashCode(), shards.size())))
                .withKeyType(TypeDescriptors.integers()))
        .setCoder(KvCoder.of(VarIntCoder.of(), new HashedDocumentCoder()))
        .apply(
            "GroupIntoBatches",
            GroupIntoBatches.<Integer, HashedDocument>ofByteSize(
                    room * options.getLlmConcurrency(),
                    element -> (long) Prompt.weightOf(element.document().text()))
                .withMaxBufferingDuration(Duration.millis(options.getMaxBufferingMillis())))
        .apply("AskLanguageModel", ParDo.of(new AskLanguageModelFn(plan)))
        .setCoder(new DocumentGraphCoder());
  }

  /** One shard per thread: fewer would leave threads idle, more would leave calls half empty. */
  private static List<Integer> shards(IndexingOptions options) {
    int threads = RunnerKind.parallelism(options);
    return RunnerKind.isFlink(options)
        ? BalancedShardKeys.of(threads, options.as(FlinkPipelineOptions.class), threads)
        : IntStream.range(0, threads).boxed().toList();
  }
}
