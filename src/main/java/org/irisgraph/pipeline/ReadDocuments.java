package org.irisgraph.pipeline;

import java.util.List;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.irisgraph.document.SourceChunk;
import org.irisgraph.document.SourceFile;
import org.irisgraph.document.SourceReader;
import org.irisgraph.graph.DocumentGraph;

/**
 * Reads the documents of all files. Files are spread over the workers; the lines of a line-based
 * file are cut into small runs, which are spread again, so that one file of 100,000 documents keeps
 * all of them busy.
 */
final class ReadDocuments extends PTransform<PBegin, PCollectionTuple> {

  static final TupleTag<HashedDocument> DOCUMENTS = new TupleTag<>() {};
  static final TupleTag<DocumentGraph> UNREADABLE = new TupleTag<>() {};

  private final List<String> globs;
  private final SourceReader reader;
  private final String runId;
  private final int buckets;

  /**
   * Reads the files of globs.
   *
   * @param buckets how many groups the work is spread over: more than workers, so that each gets
   *     about the same, yet few, since the Direct runner takes milliseconds for each
   */
  ReadDocuments(List<String> globs, SourceReader reader, String runId, int buckets) {
    this.globs = List.copyOf(globs);
    this.reader = reader;
    this.runId = runId;
    this.buckets = buckets;
  }

  @Override
  public PCollectionTuple expand(PBegin begin) {
    TupleTag<SourceFile> files = new TupleTag<>() {};
    TupleTag<SourceChunk> chunks = new TupleTag<>() {};
    PCollectionTuple matched =
        begin
            .apply(Create.of(List.of(globs)).withCoder(ListCoder.of(StringUtf8Coder.of())))
            .apply(
                "MatchFiles",
                ParDo.of(new MatchFilesFn(files, UNREADABLE))
                    .withOutputTags(files, TupleTagList.of(UNREADABLE)));
    PCollectionTuple split =
        matched
            .get(files)
            .setCoder(SerializableCoder.of(SourceFile.class))
            .apply("SpreadFiles", Reshuffle.<SourceFile>viaRandomKey().withNumBuckets(buckets))
            .apply(
                "SplitFiles",
                ParDo.of(new SplitFilesFn(reader, runId, chunks, UNREADABLE))
                    .withOutputTags(chunks, TupleTagList.of(UNREADABLE)));
    PCollectionTuple read =
        split
            .get(chunks)
            .setCoder(SerializableCoder.of(SourceChunk.class))
            .apply("SpreadChunks", Reshuffle.<SourceChunk>viaRandomKey().withNumBuckets(buckets))
            .apply(
                "ReadChunks",
                ParDo.of(new ReadChunksFn(reader, runId, DOCUMENTS, UNREADABLE))
                    .withOutputTags(DOCUMENTS, TupleTagList.of(UNREADABLE)));
    PCollection<DocumentGraph> unreadable =
        PCollectionList.of(matched.get(UNREADABLE).setCoder(new DocumentGraphCoder()))
            .and(split.get(UNREADABLE).setCoder(new DocumentGraphCoder()))
            .and(read.get(UNREADABLE).setCoder(new DocumentGraphCoder()))
            .apply("Unreadable", Flatten.pCollections());
    return PCollectionTuple.of(DOCUMENTS, read.get(DOCUMENTS).setCoder(new HashedDocumentCoder()))
        .and(UNREADABLE, unreadable);
  }
}
