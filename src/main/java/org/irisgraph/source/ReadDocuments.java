package org.irisgraph.source;

import java.time.Duration;
import java.util.List;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.irisgraph.document.SourceFile;
import org.irisgraph.document.format.SourceReader;
import org.irisgraph.graph.DocumentGraph;
import org.jspecify.annotations.Nullable;

/** Reads the documents of all files that globs match. */
public final class ReadDocuments extends PTransform<PBegin, PCollectionTuple> {

  public static final TupleTag<HashedDocument> DOCUMENTS = new TupleTag<>() {};
  public static final TupleTag<DocumentGraph> UNREADABLE = new TupleTag<>() {};

  private final List<String> globs;
  private final @Nullable String base;
  private final SourceReader reader;
  private final String runId;
  private final int buckets;
  private final @Nullable Duration watch;

  /**
   * Reads the files of globs.
   *
   * @param base the folder that ids of files are relative to; null for the fixed part of each glob
   * @param buckets the number of groups of work, see {@link ReadFiles}
   * @param watch the interval between endless scans of the globs; null for a single scan
   */
  public ReadDocuments(
      List<String> globs,
      @Nullable String base,
      SourceReader reader,
      String runId,
      int buckets,
      @Nullable Duration watch) {
    this.globs = List.copyOf(globs);
    this.base = base;
    this.reader = reader;
    this.runId = runId;
    this.buckets = buckets;
    this.watch = watch;
  }

  @Override
  public PCollectionTuple expand(PBegin begin) {
    TupleTag<SourceFile> files = new TupleTag<>() {};
    PCollectionTuple matched = watch == null ? match(begin, files) : watch(begin, files, watch);
    PCollectionTuple read =
        matched
            .get(files)
            .setCoder(SerializableCoder.of(SourceFile.class))
            .apply("ReadFiles", new ReadFiles(reader, runId, buckets));
    PCollection<DocumentGraph> unreadable =
        PCollectionList.of(matched.get(UNREADABLE).setCoder(new DocumentGraphCoder()))
            .and(read.get(UNREADABLE))
            .apply("Unreadable", Flatten.pCollections());
    return PCollectionTuple.of(DOCUMENTS, read.get(DOCUMENTS)).and(UNREADABLE, unreadable);
  }

  private PCollectionTuple match(PBegin begin, TupleTag<SourceFile> files) {
    return begin
        .apply(Create.of(List.of(globs)).withCoder(ListCoder.of(StringUtf8Coder.of())))
        .apply(
            "MatchFiles",
            ParDo.of(new MatchFilesFn(base, files, UNREADABLE))
                .withOutputTags(files, TupleTagList.of(UNREADABLE)));
  }

  private PCollectionTuple watch(PBegin begin, TupleTag<SourceFile> files, Duration interval) {
    return begin
        .apply("WatchFiles", Read.from(new WatchedFiles(globs, base, interval, runId)))
        .apply(
            "NameUnreadable",
            ParDo.of(new ReportUnreadableFn(files, UNREADABLE))
                .withOutputTags(files, TupleTagList.of(UNREADABLE)));
  }
}
