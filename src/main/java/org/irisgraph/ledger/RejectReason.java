package org.irisgraph.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;

/**
 * The dead letters with one code.
 *
 * @param table the table of the rejected rows; null, and not in the JSON, for whole documents
 * @param example one of them: the source, with its position
 * @param message that of the example
 */
@JsonPropertyOrder({"code", "stage", "table", "count", "example", "message"})
public record RejectReason(
    @Nullable String code,
    @Nullable String stage,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String table,
    long count,
    String example,
    @Nullable String message) {}
