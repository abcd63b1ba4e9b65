package org.irisgraph.pipeline;

import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.graphrag.GraphTables;
import org.irisgraph.iris.IrisIO;
import org.irisgraph.jdbc.IrisHint;
import org.irisgraph.ledger.Ledger;
import org.irisgraph.ledger.UnchangedDocuments;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.Reindex;
import org.irisgraph.plan.ModelPlan;
import org.irisgraph.plan.ReaderSettings;
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

/** The flow of a run: reads documents, skips unchanged ones, extracts their graphs, writes them. */
public final class IndexingPipeline {

  /** Documents that are new or have changed. */
  public static final TupleTag<HashedDocument> CHANGED = new TupleTag<>() {};

  private IndexingPipeline() {}

  /**
   * Adds the flow to a pipeline.
   *
   * @return the committed documents
   */
  public static PCollection<DocumentGraph> build(Pipeline pipeline, RunPlan plan) {
    return build(pipeline, plan, extraction(plan));
  }

  /** Adds the flow with another extraction, such as one that takes a known time. */
  public static PCollection<DocumentGraph> build(
      Pipeline pipeline, RunPlan plan, DoFn<HashedDocument, DocumentGraph> extraction) {
    return build(pipeline, plan, ParDo.of(extraction));
  }

  private static PCollection<DocumentGraph> build(
      Pipeline pipeline,
      RunPlan plan,
      PTransform<? super PCollection<HashedDocument>, PCollection<DocumentGraph>> extraction) {
    PCollectionTuple read = pipeline.apply("ReadDocuments", input(plan));
    UnchangedDocuments unchanged =
        new UnchangedDocuments(plan.ledger(), plan.tables()).withOutdatedVectors();
    PCollectionTuple kept =
        skipUnchanged(
            "SkipUnchanged",
            read.get(ReadDocuments.DOCUMENTS),
            plan.options().getReindex() == Reindex.CHANGED ? unchanged : unchanged.none(),
            plan);
    PCollection<DocumentGraph> graphs = extract(kept.get(CHANGED), extraction);
    PCollection<DocumentGraph> stored =
        write(embed(graphs, plan), read.get(ReadDocuments.UNREADABLE), plan);
    if (WatchSettings.isSet(plan.options()) && plan.tables().linked().isPresent()) {
      stored.apply("LinkStored", new LinkStored(plan));
    }
    return plan.embedding()
        .map(
            model ->
                PCollectionList.of(stored)
                    .and(
                        kept.get(SkipUnchangedFn.OUTDATED)
                            .apply("RenewVectors", new RenewVectors(plan, model)))
                    .apply("StoredOrRenewed", Flatten.pCollections()))
        .orElse(stored);
  }

  /**
   * Adds the second half of the flow: extracts the graphs of documents and writes them.
   *
   * @param outdated documents that only need vectors of the run's model
   */
  public static void extractAndWrite(
      PCollection<HashedDocument> documents,
      PCollection<HashedDocument> outdated,
      PCollection<DocumentGraph> unreadable,
      RunPlan plan) {
    write(embed(extract(documents, extraction(plan)), plan), unreadable, plan);
    plan.embedding()
        .ifPresent(model -> outdated.apply("RenewVectors", new RenewVectors(plan, model)));
  }

  private static PTransform<PBegin, PCollectionTuple> input(RunPlan plan) {
    return plan.table().isPresent()
        ? ReadTable.all(plan)
        : new ReadDocuments(
            ReaderSettings.globs(plan.options()),
            plan.options().getInputBase(),
            plan.reader(),
            plan.ledger().runId(),
            plan.buckets(),
            WatchSettings.interval(plan.options()).orElse(null));
  }

  /** Divides documents into {@link #CHANGED} and {@link SkipUnchangedFn#OUTDATED}. */
  public static PCollectionTuple skipUnchanged(
      String name,
      PCollection<HashedDocument> documents,
      UnchangedDocuments unchanged,
      RunPlan plan) {
    SkipUnchangedFn skip =
        new SkipUnchangedFn(
            plan.connection(),
            unchanged,
            plan.lease().guard(),
            plan.options().getBatchRows(),
            Duration.standardSeconds(plan.options().getRetrySeconds()));
    PCollectionTuple kept =
        documents.apply(
            name,
            ParDo.of(skip).withOutputTags(CHANGED, TupleTagList.of(SkipUnchangedFn.OUTDATED)));
    kept.get(CHANGED).setCoder(new HashedDocumentCoder());
    kept.get(SkipUnchangedFn.OUTDATED).setCoder(new HashedDocumentCoder());
    return kept;
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
                dropsText(plan)));
  }

  private static PCollection<DocumentGraph> extract(
      PCollection<HashedDocument> documents,
      PTransform<? super PCollection<HashedDocument>, PCollection<DocumentGraph>> extraction) {
    return documents.apply("ExtractGraph", extraction).setCoder(new DocumentGraphCoder());
  }

  /** Whether the text is not used after extraction: it is stored already, and gets no vector. */
  static boolean dropsText(RunPlan plan) {
    return plan.tables().isInPlace() && plan.embedding().isEmpty();
  }

  private static PCollection<DocumentGraph> embed(PCollection<DocumentGraph> graphs, RunPlan plan) {
    return plan.embedding()
        .map(source -> graphs.apply("EmbedText", new EmbedText(plan, source)))
        .orElse(graphs);
  }

  private static PCollection<DocumentGraph> write(
      PCollection<DocumentGraph> graphs, PCollection<DocumentGraph> unreadable, RunPlan plan) {
    return PCollectionList.of(graphs)
        .and(unreadable)
        .apply("ReadOrNot", Flatten.pCollections())
        .apply("WriteGraph", write(plan))
        .committed();
  }

  /** The sink of documents, configured by the options. */
  public static IrisIO.Write<DocumentGraph> write(RunPlan plan) {
    IrisIO.Write<DocumentGraph> write =
        sink(plan)
            .withTables(plan.tables().writes(plan.options().getForeignRows()))
            .withOutcomes(new Ledger(plan.ledger(), plan.tables()))
            .withWriteMode(plan.load().mode(), plan.load().hints().toArray(IrisHint[]::new));
    return plan.tables().changeLog().map(write::withChangeLog).orElse(write);
  }

  /** The same without tables. */
  static IrisIO.Write<DocumentGraph> sink(RunPlan plan) {
    IndexingOptions options = plan.options();
    String runId = plan.ledger().runId();
    return IrisIO.<DocumentGraph>write()
        .withConnection(plan.connection())
        .withElementKey(GraphTables::owner)
        .withElementRows(GraphTables::rows)
        .withElementBytes(GraphTables::bytes)
        .withBatchRows(options.getBatchRows())
        .withMaxBatchBytes(options.getMaxBatchBytes())
        .withShards(PipelineRunner.shards(options))
        .withMaxBufferingDuration(Duration.millis(options.getMaxBufferingMillis()))
        .withStorageMode(options.getStorageMode())
        .withLongText(options.getIrisLongText())
        .withOnBadRow(options.getOnBadRow())
        .withRetryFor(Duration.standardSeconds(options.getRetrySeconds()))
        .withMaxRejectedShare(options.getMaxRejectedShare())
        .withCommitGuard(plan.lease().guard())
        .withStopSignal(() -> StopRequests.contains(runId));
  }
}
