package org.irisgraph.graph;

import java.util.List;
import java.util.Objects;

/**
 * A document with everything found in it, or the reason why there is none: what flows through the
 * pipeline.
 *
 * @param documentId the document's id; null if the document could not even be named
 * @param origin where it was read
 * @param text what is stored, empty if there is a failure or the document is stored already
 * @param metadata a JSON object that fits its column, or null
 * @param metadataKeysCut how many keys of the metadata did not fit
 * @param contentHash SHA-256 of text and metadata in lower-case hexadecimal, empty if unread
 * @param entities in the order of their first mention
 * @param relationships between those entities
 * @param relationshipsDropped how many exceeded the limit of their sentence
 * @param extractionMillis the time that extraction took
 * @param failure why there is no graph, else null
 */
public record DocumentGraph(
    String documentId,
    Origin origin,
    String text,
    String metadata,
    int metadataKeysCut,
    String contentHash,
    List<Entity> entities,
    List<Relationship> relationships,
    int relationshipsDropped,
    double extractionMillis,
    Failure failure) {

  public DocumentGraph {
    Objects.requireNonNull(origin, "origin");
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(contentHash, "contentHash");
    if (documentId == null && failure == null) {
      throw new IllegalArgumentException("a document without an id must have a failure");
    }
    entities = List.copyOf(entities);
    relationships = List.copyOf(relationships);
  }

  /** What stands for a document of which there is no graph. */
  public static DocumentGraph failed(String documentId, Origin origin, Failure failure) {
    return new DocumentGraph(
        documentId,
        origin,
        "",
        null,
        0,
        "",
        List.of(),
        List.of(),
        0,
        0,
        Objects.requireNonNull(failure, "failure"));
  }

  /** Whether there is no graph. */
  public boolean isFailed() {
    return failure != null;
  }
}
