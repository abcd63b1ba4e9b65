package org.irisgraph.ledger;

import java.sql.Timestamp;
import java.util.List;
import java.util.Objects;
import org.irisgraph.graph.Origin;
import org.irisgraph.jdbc.Row;
import org.jspecify.annotations.Nullable;

/**
 * The part of a ledger row that shows whether its document is unchanged. A run over an unchanged
 * corpus reads it for all documents.
 */
record StoredFingerprint(
    String ledgerKey,
    String pipeline,
    @Nullable String documentId,
    Origin origin,
    String contentHash,
    String fingerprint,
    Outcome outcome,
    boolean stale,
    String seenRunId) {

  static final List<String> COLUMNS =
      List.of(
          "ledger_key",
          "pipeline",
          "document_id",
          "source",
          "source_position",
          "source_modified",
          "content_hash",
          "fingerprint",
          "outcome",
          "stale",
          "seen_run_id");

  /** Makes the value from a row of {@link #COLUMNS}. */
  static StoredFingerprint of(Row row) {
    return new StoredFingerprint(
        text(row, 0),
        text(row, 1),
        (String) row.get(2),
        new Origin(text(row, 3), number(row, 4).longValue(), time(row, 5).getTime()),
        text(row, 6),
        text(row, 7),
        Outcome.of(text(row, 8)),
        number(row, 9).intValue() != 0,
        text(row, 10));
  }

  /** Some databases return an empty text as null. */
  private static String text(Row row, int column) {
    return Objects.requireNonNullElse((String) row.get(column), "");
  }

  private static Number number(Row row, int column) {
    return (Number) Objects.requireNonNull(row.get(column), COLUMNS.get(column));
  }

  private static Timestamp time(Row row, int column) {
    return (Timestamp) Objects.requireNonNull(row.get(column), COLUMNS.get(column));
  }
}
