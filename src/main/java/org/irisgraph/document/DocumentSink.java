package org.irisgraph.document;

import org.irisgraph.graph.Document;
import org.irisgraph.graph.Failure;
import org.irisgraph.graph.Origin;
import org.jspecify.annotations.Nullable;

/** Receives the documents and failures of a reader, in the file's order. */
public interface DocumentSink {

  /** Takes a document. */
  void document(Document document);

  /**
   * Takes the reason why there is no document at a place.
   *
   * @param documentId the id, if that much could be read, else null
   */
  void unreadable(Origin origin, @Nullable String documentId, Failure failure);

  /**
   * Takes the name of a source that has no document, though nothing is wrong with it. A run logs
   * it; a sample of the input ignores it.
   *
   * @param what it has instead
   */
  default void empty(String source, String what) {}
}
