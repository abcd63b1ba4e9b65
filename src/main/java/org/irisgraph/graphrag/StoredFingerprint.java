package org.irisgraph.graphrag;

import java.sql.Timestamp;
import java.util.List;
import java.util.Objects;
import org.irisgraph.graph.Origin;
import org.irisgraph.jdbc.Row;

/**
 * As much of a ledger row as tells whether its document is unchanged. Most rows are read for
 * nothing else, and a run over an unchanged corpus reads them all.
 */
record StoredFingerprint(
    String ledgerKey,
    String pipeline,
    String documentId,
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

  /** Of {@link #COLUMNS}. */
  static StoredFingerprint of(Row row) {
    return new StoredFingerprint(
        text(row, 0),
        text(row, 1),
        (String) row.get(2),
        new Origin(
            text(row, 3), ((Number) row.get(4)).longValue(), ((Timestamp) row.get(5)).getTime()),
        text(row, 6),
        text(row, 7),
        Outcome.of(text(row, 8)),
        ((Number) row.get(9)).intValue() != 0,
        text(row, 10));
  }

  /** A database may give back an empty text as null. */
  private static String text(Row row, int column) {
    return Objects.requireNonNullElse((String) row.get(column), "");
  }
}
