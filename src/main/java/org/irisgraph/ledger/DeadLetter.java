package org.irisgraph.ledger;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;

/**
 * A line of a dead-letter file: why a document, or a row of it, is not in the graph.
 *
 * @param documentId null if unknown
 * @param source where it was read
 * @param position its place in the source, see {@link org.irisgraph.graph.Origin}
 * @param stage read, extract, validate or store; null if missing from the file
 * @param table null if it concerns the document as a whole
 * @param rowId the key of the row, null if it concerns the document as a whole
 * @param code a short name, or the database's code
 * @param message a sentence for people
 * @param time the time of the failure, ISO 8601 in UTC
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
    @Nullable String documentId,
    String source,
    long position,
    @Nullable String stage,
    @Nullable String table,
    @Nullable String rowId,
    @Nullable String code,
    @Nullable String message,
    @Nullable String time) {}
