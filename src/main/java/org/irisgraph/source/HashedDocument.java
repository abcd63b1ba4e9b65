package org.irisgraph.source;

import org.irisgraph.graph.ContentHash;
import org.irisgraph.graph.Document;
import org.irisgraph.graphrag.Metadata;

/**
 * A document and what tells whether it has changed.
 *
 * @param contentHash SHA-256 of text and metadata in lower-case hexadecimal
 */
public record HashedDocument(Document document, String contentHash) {

  public static HashedDocument of(Document document) {
    return new HashedDocument(
        document, ContentHash.of(document.text(), Metadata.toJson(document.metadata())));
  }

  /** About how many characters it takes in memory, and at most in a look into the ledger. */
  public long characters() {
    return document.id().length()
        + document.origin().source().length()
        + document.text().length()
        + Metadata.characters(document.metadata());
  }
}
