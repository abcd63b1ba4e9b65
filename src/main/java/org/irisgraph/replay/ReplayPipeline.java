package org.irisgraph.replay;

import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.GroupIntoBatches;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.irisgraph.document.ReadFailure;
import org.irisgraph.document.SourceFile;
import org.irisgraph.document.format.SourceReader;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.ledger.UnchangedDocuments;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.pipeline.IndexingPipeline;
import org.irisgraph.pipeline.SkipUnchangedFn;
import org.irisgraph.plan.RunPlan;
import org.irisgraph.source.DocumentGraphCoder;
import org.irisgraph.source.HashedDocument;
import org.irisgraph.source.HashedDocumentCoder;
import org.irisgraph.source.ReadDocuments;
import org.irisgraph.source.ReadFiles;
import org.irisgraph.source.ReadTable;
import org.irisgraph.table.KeyRange;
import org.joda.time.Duration;

/** The Beam graph of a replay: reads the sources of dead letters and indexes their documents. */
final class ReplayPipeline {

  /** The number of documents that are looked up in the ledger together. */
  private static final int GROUP_DOCUMENTS = 500;

  private static final long GROUP_CHARACTERS = 4_000_000;

  private ReplayPipeline() {}

  /**
   * Adds the flow to a pipeline.
   *
   * @param files the sources that exist
   * @param failures why other sources could not be found
   */
  static void build(
      Pipeline pipeline,
      RunPlan plan,
      ReplaySelection selection,
      List<SourceFile> files,
      List<DocumentGraph> failures) {
    IndexingOptions options = plan.options();
    Duration retryFor = Duration.standardSeconds(options.getRetrySeconds());
    int buckets = plan.buckets();
    boolean isTable = plan.table().isPresent();
    SourceReader reader = plan.reader();
    TupleTag<HashedDocument> named = new TupleTag<>() {};
    TupleTag<HashedDocument> others = new TupleTag<>() {};

    PCollectionTuple read =
        plan.table().isEmpty()
            ? pipeline
                .apply(
                    "NamedFiles",
                    Create.of(files).withCoder(SerializableCoder.of(SourceFile.class)))
                .apply("ReadFiles", new ReadFiles(plan.reader(), plan.ledger().runId(), buckets))
            : pipeline.apply("ReadDocuments", rows(plan, selection));
    PCollectionTuple selected =
        read.get(ReadDocuments.DOCUMENTS)
            .apply(
                "SelectDocuments",
                ParDo.of(new SelectDocumentsFn(selection, named, others))
                    .withOutputTags(named, TupleTagList.of(others)));
    UnchangedDocuments unchanged =
        new UnchangedDocuments(plan.ledger(), plan.tables()).atSamePlace();
    PCollectionTuple selectedAgain =
        IndexingPipeline.skipUnchanged(
            "NameSelected", hashed(selected.get(named)), unchanged.none(), plan);
    PCollectionTuple rest =
        IndexingPipeline.skipUnchanged(
            "SkipUnchanged", hashed(selected.get(others)), unchanged.withOutdatedVectors(), plan);
    PCollection<HashedDocument> documents =
        PCollectionList.of(selectedAgain.get(IndexingPipeline.CHANGED))
            .and(rest.get(IndexingPipeline.CHANGED))
            .apply("NamedOrChanged", Flatten.pCollections());

    PCollection<DocumentGraph> unreadable =
        PCollectionList.of(
                read.get(ReadDocuments.UNREADABLE)
                    .apply(
                        "SelectFailures",
                        Filter.by(
                            failed ->
                                isReported(
                                    selection,
                                    failed,
                                    isTable
                                        || reader.readsPositionsIndependently(
                                            failed.origin().source())))))
            .and(
                pipeline.apply(
                    "NamedFailures", Create.of(failures).withCoder(new DocumentGraphCoder())))
            .apply("StillUnreadable", Flatten.pCollections());
    IndexingPipeline.extractAndWrite(
        checkDuplicates(documents, plan, retryFor, buckets),
        rest.get(SkipUnchangedFn.OUTDATED),
        unreadable,
        plan);
  }

  private static PCollection<HashedDocument> hashed(PCollection<HashedDocument> documents) {
    return documents.setCoder(new HashedDocumentCoder());
  }

  /** Whether a source has lines, records or rows that are read independently of each other. */
  static boolean positionsAreIndependent(RunPlan plan, String source) {
    return plan.table().isPresent() || plan.reader().readsPositionsIndependently(source);
  }

  /** The rows of the selected ids, or all rows if one without an id is selected. */
  private static ReadTable rows(RunPlan plan, ReplaySelection selection) {
    return selection
        .ids(plan.table().orElseThrow().name())
        .map(ids -> ReadTable.some(plan, ids.stream().sorted().map(KeyRange::of).toList()))
        .orElseGet(() -> ReadTable.all(plan));
  }

  /**
   * Whether to report a failure: of a selected document, of a source that is read as a whole, one
   * that hides the rest of its source, or one at a place without a failure in the ledger, to which
   * a bad line may have moved.
   */
  private static boolean isReported(
      ReplaySelection selection, DocumentGraph failed, boolean positionsAreIndependent) {
    return selection.isNamed(failed.documentId(), failed.origin())
        || selection.isWhole(failed.origin().source())
        || ReadFailure.breaksOff(
            failed.failure(), failed.origin().position(), positionsAreIndependent)
        || !selection.isKnownFailure(failed.origin());
  }

  /** Re-reads the other places of each document's id, see {@link CheckDuplicateSourcesFn}. */
  private static PCollection<HashedDocument> checkDuplicates(
      PCollection<HashedDocument> documents, RunPlan plan, Duration retryFor, int buckets) {
    TupleTag<HashedDocument> settled = new TupleTag<>() {};
    TupleTag<KV<String, KV<Long, HashedDocument>>> moved = new TupleTag<>() {};
    PCollectionTuple found =
        documents
            .apply(
                WithKeys.<Integer, HashedDocument>of(
                        element -> Math.floorMod(element.contentHash().hashCode(), buckets))
                    .withKeyType(TypeDescriptors.integers()))
            .setCoder(KvCoder.of(VarIntCoder.of(), new HashedDocumentCoder()))
            .apply(
                GroupIntoBatches.<Integer, HashedDocument>ofByteSize(
                        GROUP_CHARACTERS, element -> (long) element.document().text().length())
                    .withSize(GROUP_DOCUMENTS))
            .apply(
                "FindDuplicates",
                ParDo.of(new FindDuplicateSourcesFn(plan, retryFor, settled, moved))
                    .withOutputTags(settled, TupleTagList.of(moved)));
    PCollection<HashedDocument> checked =
        found
            .get(moved)
            .setCoder(
                KvCoder.of(
                    StringUtf8Coder.of(), KvCoder.of(VarLongCoder.of(), new HashedDocumentCoder())))
            .apply(GroupByKey.create())
            .apply("CheckDuplicates", ParDo.of(new CheckDuplicateSourcesFn(plan, retryFor)))
            .setCoder(new HashedDocumentCoder());
    return PCollectionList.of(found.get(settled).setCoder(new HashedDocumentCoder()))
        .and(checked)
        .apply("WithoutDuplicates", Flatten.pCollections());
  }
}
