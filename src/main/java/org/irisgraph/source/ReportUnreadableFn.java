package org.irisgraph.source;

import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.TupleTag;
import org.irisgraph.document.SourceFile;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.graph.Failure;
import org.irisgraph.graph.Origin;

/** Forwards the changed files of a watch and reports those that cannot be read. */
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
    Failure failure = found.failure();
    if (failure == null) {
      output.get(files).output(file);
    } else {
      output
          .get(unreadable)
          .output(
              DocumentGraph.failed(
                  null, new Origin(file.source(), 0, file.modifiedMillis()), failure));
    }
  }
}
