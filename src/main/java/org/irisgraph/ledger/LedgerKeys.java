package org.irisgraph.ledger;

import org.irisgraph.graph.ContentHash;
import org.irisgraph.graph.Origin;

/**
 * The keys of the ledger: hashes, since ids and paths are long and IRIS compares text without
 * regard to case.
 */
final class LedgerKeys {

  private LedgerKeys() {}

  /** The key of a document, the same for all pipelines: an id is unique in the target tables. */
  static String document(String documentId) {
    return ContentHash.of("document\0" + documentId);
  }

  /** The key of a whole source in a pipeline. */
  static String source(String pipeline, String source) {
    return ContentHash.of("source\0" + pipeline + '\0' + source);
  }

  /** The key of a place in a source in a pipeline. */
  static String place(String pipeline, Origin origin) {
    return ContentHash.of("place\0" + pipeline + '\0' + origin.source() + '\0' + origin.position());
  }
}
