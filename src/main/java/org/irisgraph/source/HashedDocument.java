package org.irisgraph.source;

import java.util.ArrayList;
import java.util.List;
import org.irisgraph.graph.ContentHash;
import org.irisgraph.graph.Document;
import org.irisgraph.graphrag.Metadata;

/**
 * A document with the hash by which changes are detected.
 *
 * @param contentHash SHA-256 of text, metadata and name of the document's file, if it has one, in
 *     lower-case hexadecimal
 */
public record HashedDocument(Document document, String contentHash) {

  public static HashedDocument of(Document document) {
    List<String> hashed = new ArrayList<>();
    hashed.add(document.text());
    hashed.add(Metadata.toJson(document.metadata()));
    Metadata.fileName(document.origin()).ifPresent(hashed::add);
    return new HashedDocument(document, ContentHash.of(hashed.toArray(String[]::new)));
  }

  /** The same document under another id, of which the hash is independent. */
  public HashedDocument withId(String id) {
    return id.equals(document.id()) ? this : new HashedDocument(document.withId(id), contentHash);
  }

  /** Approximate characters in memory; the upper limit of those sent in a ledger look-up. */
  public long characters() {
    return document.id().length()
        + document.origin().source().length()
        + document.text().length()
        + Metadata.characters(document.metadata());
  }
}
