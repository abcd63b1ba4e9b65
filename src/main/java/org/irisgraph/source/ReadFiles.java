package org.irisgraph.source;

import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.irisgraph.document.SourceFile;
import org.irisgraph.document.format.SourceChunk;
import org.irisgraph.document.format.SourceReader;
import org.irisgraph.graph.DocumentGraph;

/**
 * Reads the documents of files, under {@link ReadDocuments#DOCUMENTS}, and reports what cannot be
 * read. Files are spread over the workers. The lines of a line-based file are cut into short runs,
 * which are spread again, so that one file of 100,000 documents keeps all workers busy.
 */
public final class ReadFiles extends PTransform<PCollection<SourceFile>, PCollectionTuple> {

  private final SourceReader reader;
  private final String runId;
  private final int buckets;

  /**
   * Reads files for a run.
   *
   * @param buckets the number of groups of work: more than workers, for equal shares, but not many
   *     more, since the Direct runner takes milliseconds for each
   */
  public ReadFiles(SourceReader reader, String runId, int buckets) {
    this.reader = reader;
    this.runId = runId;
    this.buckets = buckets;
  }

  @Override
  public PCollectionTuple expand(PCollection<SourceFile> files) {
    TupleTag<SourceChunk> chunks = new TupleTag<>() {};
    PCollectionTuple split =
        files
            .apply("SpreadFiles", Reshuffle.<SourceFile>viaRandomKey().withNumBuckets(buckets))
            .apply(
                "SplitFiles",
                ParDo.of(new SplitFilesFn(reader, runId, chunks, ReadDocuments.UNREADABLE))
                    .withOutputTags(chunks, TupleTagList.of(ReadDocuments.UNREADABLE)));
    PCollectionTuple read =
        split
            .get(chunks)
            .setCoder(SerializableCoder.of(SourceChunk.class))
            .apply("SpreadChunks", Reshuffle.<SourceChunk>viaRandomKey().withNumBuckets(buckets))
            .apply(
                "ReadChunks",
                ParDo.of(
                        new ReadChunksFn(
                            reader, runId, ReadDocuments.DOCUMENTS, ReadDocuments.UNREADABLE))
                    .withOutputTags(
                        ReadDocuments.DOCUMENTS, TupleTagList.of(ReadDocuments.UNREADABLE)));
    PCollection<DocumentGraph> unreadable =
        PCollectionList.of(split.get(ReadDocuments.UNREADABLE).setCoder(new DocumentGraphCoder()))
            .and(read.get(ReadDocuments.UNREADABLE).setCoder(new DocumentGraphCoder()))
            .apply("UnreadableFiles", Flatten.pCollections());
    return PCollectionTuple.of(
            ReadDocuments.DOCUMENTS,
            read.get(ReadDocuments.DOCUMENTS).setCoder(new HashedDocumentCoder()))
        .and(ReadDocuments.UNREADABLE, unreadable);
  }
}
