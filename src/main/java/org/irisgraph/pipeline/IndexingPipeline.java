package org.irisgraph.pipeline;

import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.graphrag.GraphTables;
import org.irisgraph.graphrag.Ledger;
import org.irisgraph.graphrag.UnchangedDocuments;
import org.irisgraph.iris.IrisIO;
import org.irisgraph.jdbc.IrisHint;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.Reindex;
import org.irisgraph.plan.ModelPlan;
import org.irisgraph.plan.RunPlan;
import org.irisgraph.plan.WatchSettings;
import org.irisgraph.runner.PipelineRunner;
import org.irisgraph.runner.StopRequests;
import org.irisgraph.source.DocumentGraphCoder;
import org.irisgraph.source.HashedDocument;
import org.irisgraph.source.HashedDocumentCoder;
import org.irisgraph.source.ReadDocuments;
import org.irisgraph.source.ReadTable;
import org.joda.time.Duration;

/** The flow: documents in, what was found in each of them out to the database. */
public final class IndexingPipeline {

  private IndexingPipeline() {}

  /**
   * Adds all steps to a pipeline.
   *
   * @return the documents that are stored
   */
  public static PCollection<DocumentGraph> build(Pipeline pipeline, RunPlan plan) {
    return build(pipeline, plan, extraction(plan));
  }

  private static PTransform<? super PCollection<HashedDocument>, PCollection<DocumentGraph>>
      extraction(RunPlan plan) {
    return ModelPlan.isAsked(plan.options())
        ? new AskLanguageModel(plan)
        : ParDo.of(
            new ExtractGraphFn(
                plan.extraction().settings(),
                plan.extraction().files(),
                plan.ledger(),
                plan.metadataLength(),
                plan.tables().isInPlace()));
  }

  /** The same with another extraction, such as one that takes a known time. */
  public static PCollection<DocumentGraph> build(
      Pipeline pipeline, RunPlan plan, DoFn<HashedDocument, DocumentGraph> extraction) {
    return build(pipeline, plan, ParDo.of(extraction));
  }

  private static PCollection<DocumentGraph> build(
      Pipeline pipeline,
      RunPlan plan,
      PTransform<? super PCollection<HashedDocument>, PCollection<DocumentGraph>> extraction) {
    IndexingOptions options = plan.options();
    Duration retryFor = Duration.standardSeconds(options.getRetrySeconds());
    PCollectionTuple read =
        pipeline.apply("ReadDocuments", plan.table().isEmpty() ? files(plan) : ReadTable.all(plan));

    PCollection<HashedDocument> changed = read.get(ReadDocuments.DOCUMENTS);
    if (options.getReindex() == Reindex.CHANGED) {
      changed =
          changed
              .apply(
                  "SkipUnchanged",
                  ParDo.of(
                      new SkipUnchangedFn(
                          plan.connection(),
                          new UnchangedDocuments(plan.ledger(), plan.tables()),
                          plan.lease().guard(),
                          retryFor)))
              .setCoder(new HashedDocumentCoder());
    }

    return store(changed, extraction, read.get(ReadDocuments.UNREADABLE), plan);
  }

  private static ReadDocuments files(RunPlan plan) {
    return new ReadDocuments(
        plan.options().getInput(),
        plan.reader(),
        plan.ledger().runId(),
        plan.buckets(),
        WatchSettings.interval(plan.options()).orElse(null));
  }

  /** Extracts from documents, and stores what was found and what there is to report. */
  public static PCollection<DocumentGraph> store(
      PCollection<HashedDocument> documents, PCollection<DocumentGraph> unreadable, RunPlan plan) {
    return store(documents, extraction(plan), unreadable, plan);
  }

  private static PCollection<DocumentGraph> store(
      PCollection<HashedDocument> documents,
      PTransform<? super PCollection<HashedDocument>, PCollection<DocumentGraph>> extraction,
      PCollection<DocumentGraph> unreadable,
      RunPlan plan) {
    PCollection<DocumentGraph> graphs =
        documents.apply("ExtractGraph", extraction).setCoder(new DocumentGraphCoder());

    return PCollectionList.of(graphs)
        .and(unreadable)
        .apply("ReadOrNot", Flatten.pCollections())
        .apply("WriteGraph", write(plan))
        .committed();
  }

  /** The sink as the options say. */
  public static IrisIO.Write<DocumentGraph> write(RunPlan plan) {
    IndexingOptions options = plan.options();
    String runId = plan.ledger().runId();
    return IrisIO.<DocumentGraph>write()
        .withConnection(plan.connection())
        .withTables(plan.tables().writes(options.getForeignRows()))
        .withOutcomes(new Ledger(plan.ledger(), plan.tables()))
        .withElementKey(GraphTables::owner)
        .withElementRows(GraphTables::rows)
        .withElementBytes(GraphTables::bytes)
        .withBatchRows(options.getBatchRows())
        .withMaxBatchBytes(options.getMaxBatchBytes())
        .withShards(PipelineRunner.shards(options))
        .withMaxBufferingDuration(Duration.millis(options.getMaxBufferingMillis()))
        .withStorageMode(options.getStorageMode())
        .withWriteMode(plan.load().mode(), plan.load().hints().toArray(IrisHint[]::new))
        .withOnBadRow(options.getOnBadRow())
        .withRetryFor(Duration.standardSeconds(options.getRetrySeconds()))
        .withMaxRejectedShare(options.getMaxRejectedShare())
        .withCommitGuard(plan.lease().guard())
        .withStopSignal(() -> StopRequests.contains(runId));
  }
}
