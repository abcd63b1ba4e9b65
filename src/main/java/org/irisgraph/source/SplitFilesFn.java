package org.irisgraph.source;

import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.TupleTag;
import org.irisgraph.document.SourceFile;
import org.irisgraph.document.format.SourceChunk;
import org.irisgraph.document.format.SourceReader;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.runner.StopRequests;

/** Cuts line-based files into runs of lines; forwards other files unread. */
final class SplitFilesFn extends DoFn<SourceFile, SourceChunk> {

  private final SourceReader reader;
  private final String runId;
  private final TupleTag<SourceChunk> chunks;
  private final TupleTag<DocumentGraph> unreadable;

  SplitFilesFn(
      SourceReader reader,
      String runId,
      TupleTag<SourceChunk> chunks,
      TupleTag<DocumentGraph> unreadable) {
    this.reader = reader;
    this.runId = runId;
    this.chunks = chunks;
    this.unreadable = unreadable;
  }

  @ProcessElement
  public void processElement(@Element SourceFile file, MultiOutputReceiver output) {
    if (StopRequests.contains(runId)) {
      return;
    }
    reader.split(file, output.get(chunks)::output, OutputSink.ofFailures(output.get(unreadable)));
  }
}
