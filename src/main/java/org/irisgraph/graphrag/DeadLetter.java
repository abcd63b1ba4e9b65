package org.irisgraph.graphrag;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * Why a document, or a row of it, is not in the graph: a line of a dead-letter file.
 *
 * @param documentId null if the document could not be named
 * @param source where it was read
 * @param position its place in the source, see {@link org.irisgraph.graph.Origin}
 * @param stage read, extract, validate or store
 * @param table null if it concerns the document as a whole
 * @param rowId the key of the row, null if it concerns the document as a whole
 * @param code a short name, or the database's code
 * @param message a sentence for people
 * @param time when it was found, ISO 8601 in UTC
 */
@JsonPropertyOrder({
  "documentId",
  "source",
  "position",
  "stage",
  "table",
  "rowId",
  "code",
  "message",
  "time"
})
public record DeadLetter(
    String documentId,
    String source,
    long position,
    String stage,
    String table,
    String rowId,
    String code,
    String message,
    String time) {}
