package org.irisgraph.source;

import java.io.File;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.TupleTag;
import org.irisgraph.document.format.SourceChunk;
import org.irisgraph.document.format.SourceReader;
import org.irisgraph.files.InputFiles;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.ledger.DatabaseParseAttempts;
import org.irisgraph.runner.LocalWork;
import org.irisgraph.runner.StopRequests;

/** Reads the documents of chunks and reports what cannot be read. */
final class ReadChunksFn extends DoFn<SourceChunk, HashedDocument> {

  private final SourceReader reader;
  private final String runId;
  private final TupleTag<HashedDocument> documents;
  private final TupleTag<DocumentGraph> unreadable;
  private final Counter read = DocumentCounters.of("read");
  private final Counter reading = DocumentCounters.of(ReadingTime.NAME);

  ReadChunksFn(
      SourceReader reader,
      String runId,
      TupleTag<HashedDocument> documents,
      TupleTag<DocumentGraph> unreadable) {
    this.reader = reader;
    this.runId = runId;
    this.documents = documents;
    this.unreadable = unreadable;
  }

  @Setup
  public void setup() {
    reader.open();
  }

  @ProcessElement
  public void processElement(@Element SourceChunk chunk, MultiOutputReceiver output)
      throws StoreException {
    if (StopRequests.contains(runId)) {
      return;
    }
    LocalWork work = LocalWork.of(runId);
    OutputReceiver<HashedDocument> found = output.get(documents);
    try (ReadingTime time = new ReadingTime(reading)) {
      reader.read(
          chunk,
          new OutputSink(
              document -> {
                read.inc();
                work.addRead();
                HashedDocument hashed = HashedDocument.of(document);
                time.output(() -> found.output(hashed));
              },
              output.get(unreadable)));
      work.addBytes(bytes(chunk));
    } catch (DatabaseParseAttempts.StoreFailed e) {
      throw e.getCause();
    }
  }

  private static long bytes(SourceChunk chunk) {
    String source = chunk.part().source();
    return chunk.lines().length > 0
        ? chunk.lines().length
        : InputFiles.textBytes(source, new File(source).length());
  }

  @Teardown
  public void teardown() {
    reader.close();
  }
}
