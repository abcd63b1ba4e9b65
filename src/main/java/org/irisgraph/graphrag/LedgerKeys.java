package org.irisgraph.graphrag;

import org.irisgraph.graph.ContentHash;
import org.irisgraph.graph.Origin;

/**
 * The keys of the ledger: hashes, since ids and paths are long and IRIS compares text without
 * regard to case.
 */
final class LedgerKeys {

  private LedgerKeys() {}

  /** Of a document, whichever pipeline it belongs to: an id is unique in the target tables. */
  static String document(String documentId) {
    return ContentHash.of("document\0" + documentId);
  }

  /** Of a source as a whole, as a pipeline sees it. */
  static String source(String pipeline, String source) {
    return ContentHash.of("source\0" + pipeline + '\0' + source);
  }

  /** Of a place in a source, as a pipeline sees it. */
  static String place(String pipeline, Origin origin) {
    return ContentHash.of("place\0" + pipeline + '\0' + origin.source() + '\0' + origin.position());
  }
}
