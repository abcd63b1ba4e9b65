package org.irisgraph.source;

import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.TupleTag;
import org.irisgraph.document.SourceFile;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.graph.Origin;

/** Passes on the files that a watch finds, and names what it cannot look at. */
final class ReportUnreadableFn extends DoFn<FileChange, SourceFile> {

  private final TupleTag<SourceFile> files;
  private final TupleTag<DocumentGraph> unreadable;

  ReportUnreadableFn(TupleTag<SourceFile> files, TupleTag<DocumentGraph> unreadable) {
    this.files = files;
    this.unreadable = unreadable;
  }

  @ProcessElement
  public void processElement(@Element FileChange found, MultiOutputReceiver output) {
    SourceFile file = found.file();
    if (found.failure() == null) {
      output.get(files).output(file);
    } else {
      output
          .get(unreadable)
          .output(
              DocumentGraph.failed(
                  null, new Origin(file.source(), 0, file.modifiedMillis()), found.failure()));
    }
  }
}
