package org.irisgraph.source;

import java.util.function.Consumer;
import org.apache.beam.sdk.transforms.DoFn.OutputReceiver;
import org.irisgraph.document.DocumentSink;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.graph.Failure;
import org.irisgraph.graph.Origin;
import org.jspecify.annotations.Nullable;

/** Forwards a reader's documents and failures to Beam. */
record OutputSink(Consumer<Document> documents, OutputReceiver<DocumentGraph> failures)
    implements DocumentSink {

  /** A sink for a step that reads no documents. */
  static OutputSink ofFailures(OutputReceiver<DocumentGraph> failures) {
    return new OutputSink(
        document -> {
          throw new IllegalStateException("no document is read in this step: " + document.id());
        },
        failures);
  }

  @Override
  public void document(Document document) {
    documents.accept(document);
  }

  @Override
  public void unreadable(Origin origin, @Nullable String documentId, Failure failure) {
    failures.output(DocumentGraph.failed(documentId, origin, failure));
  }
}
