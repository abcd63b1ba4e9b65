package org.irisgraph.pipeline;

import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.irisgraph.extract.llm.Prompt;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.plan.RunPlan;
import org.irisgraph.source.DocumentGraphCoder;
import org.irisgraph.source.HashedDocument;
import org.irisgraph.source.HashedDocumentCoder;

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
    long room = plan.extraction().extractors().prompt().orElseThrow().room();
    return documents
        .apply(
            new GroupByText<>(
                plan.options(),
                new HashedDocumentCoder(),
                element -> element.document().text(),
                element -> (long) Prompt.weightOf(element.document().text()),
                room * plan.options().getLlmConcurrency()))
        .apply("AskLanguageModel", ParDo.of(new AskLanguageModelFn(plan)))
        .setCoder(new DocumentGraphCoder());
  }
}
