package org.irisgraph.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * An edge between two nodes of the linked graph, or from a document to a node that it mentions.
 *
 * @param source the id of an {@link ExportedNode}
 * @param target the id of an {@link ExportedNode}
 * @param documents the number of documents that state the edge; null for one from a document
 * @param statements how often they state it; null for an edge from a document
 * @param confidence the highest of the statements; null for an edge from a document
 * @param mentions how often the document mentions the node; null for an edge between nodes
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ExportedEdge(
    String source,
    String target,
    String type,
    boolean directed,
    @Nullable Long documents,
    @Nullable Long statements,
    @Nullable Double confidence,
    @Nullable Long mentions) {

  static ExportedEdge mentions(String documentId, String nodeId, long mentions) {
    return new ExportedEdge(
        ExportedNode.idOfDocument(documentId),
        nodeId,
        "mentions",
        true,
        null,
        null,
        null,
        mentions);
  }
}
