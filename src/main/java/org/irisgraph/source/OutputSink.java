package org.irisgraph.source;

import java.util.function.Consumer;
import org.apache.beam.sdk.transforms.DoFn.OutputReceiver;
import org.irisgraph.document.DocumentSink;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.graph.Failure;
import org.irisgraph.graph.Origin;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forwards a reader's documents and failures to Beam. */
record OutputSink(Consumer<Document> documents, OutputReceiver<DocumentGraph> failures)
    implements DocumentSink {

  private static final Logger LOG = LoggerFactory.getLogger(OutputSink.class);

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
  public void empty(String source, String what) {
    LOG.warn("{} has {}", source, what);
  }

  @Override
  public void unreadable(Origin origin, @Nullable String documentId, Failure failure) {
    failures.output(DocumentGraph.failed(documentId, origin, failure));
  }
}
