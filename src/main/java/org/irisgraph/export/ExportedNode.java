package org.irisgraph.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A node of the linked graph, or a document.
 *
 * @param id unique among nodes and documents
 * @param documents the number of documents that mention the node; null for a document
 * @param mentions the number of mentions of the node; null for a document
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ExportedNode(
    String id,
    String name,
    @Nullable String type,
    @Nullable String concept,
    @Nullable Long documents,
    @Nullable Long mentions) {

  private static final String DOCUMENT = "document";
  private static final String DOCUMENT_PREFIX = "document:";
  private static final String NODE_PREFIX = "node:";

  /** A document, which is named by its id. */
  static ExportedNode document(String documentId) {
    return new ExportedNode(idOfDocument(documentId), documentId, DOCUMENT, null, null, null);
  }

  static String idOfDocument(String documentId) {
    return DOCUMENT_PREFIX + documentId;
  }

  /** The key, unless it could be the id of a document: the type of a node may be "document". */
  static String idOfNode(String key) {
    return key.startsWith(DOCUMENT_PREFIX) || key.startsWith(NODE_PREFIX) ? NODE_PREFIX + key : key;
  }

  boolean isDocument() {
    return id.startsWith(DOCUMENT_PREFIX);
  }
}
