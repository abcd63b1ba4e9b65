package org.irisgraph.ledger;

import com.google.auto.value.AutoValue;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.irisgraph.base.PlainText;
import org.irisgraph.graph.Origin;
import org.irisgraph.graphrag.TableDefinitions;
import org.irisgraph.jdbc.Row;
import org.jspecify.annotations.Nullable;

/** A row of the ledger: a document, or a place that gives no document. */
@AutoValue
abstract class LedgerRow {

  /** The columns, in the order of {@link #toRow}. */
  static final List<String> COLUMNS =
      List.of(
          "ledger_key",
          "place_key",
          "pipeline",
          "document_id",
          "source",
          "source_position",
          "source_modified",
          "content_hash",
          "fingerprint",
          "outcome",
          "stale",
          "reasons",
          "document_rows",
          "entity_rows",
          "relationship_rows",
          "document_rows_rejected",
          "entity_rows_rejected",
          "relationship_rows_rejected",
          "metadata_keys_cut",
          "relationships_dropped",
          "extraction_millis",
          "storage_millis",
          "run_id",
          "seen_run_id",
          "attempts",
          "written_at",
          "seen_at");

  /** The primary key: {@link LedgerKeys#document} or {@link LedgerKeys#place}. */
  abstract String ledgerKey();

  /** {@link LedgerKeys#place} of the origin. */
  abstract String placeKey();

  abstract String pipeline();

  abstract @Nullable String documentId();

  abstract Origin origin();

  abstract String contentHash();

  abstract String fingerprint();

  abstract Outcome outcome();

  /** Whether the tables hold an earlier version because the source is unreadable now. */
  abstract boolean stale();

  /** The JSON of {@link Reasons}; null if there are none. */
  abstract @Nullable String reasons();

  abstract int documentRows();

  abstract int entityRows();

  abstract int relationshipRows();

  abstract int documentRowsRejected();

  abstract int entityRowsRejected();

  abstract int relationshipRowsRejected();

  /**
   * How many passages the tables may have of the document: all rows of its text but its own, those
   * that were rejected among them.
   */
  final int passages() {
    return Math.max(0, documentRows() + documentRowsRejected() - 1);
  }

  abstract int metadataKeysCut();

  abstract int relationshipsDropped();

  abstract double extractionMillis();

  abstract double storageMillis();

  /** The run that wrote the document. */
  abstract String runId();

  /** The run that last saw the document. */
  abstract String seenRunId();

  /** The number of attempts to write the document. */
  abstract int attempts();

  abstract Timestamp writtenAt();

  abstract Timestamp seenAt();

  abstract Builder toBuilder();

  static Builder builder() {
    return new AutoValue_LedgerRow.Builder()
        .setContentHash("")
        .setFingerprint("")
        .setStale(false)
        .setDocumentRows(0)
        .setEntityRows(0)
        .setRelationshipRows(0)
        .setDocumentRowsRejected(0)
        .setEntityRowsRejected(0)
        .setRelationshipRowsRejected(0)
        .setMetadataKeysCut(0)
        .setRelationshipsDropped(0)
        .setExtractionMillis(0)
        .setStorageMillis(0)
        .setAttempts(1);
  }

  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setLedgerKey(String key);

    abstract Builder setPlaceKey(String key);

    abstract Builder setPipeline(String pipeline);

    abstract Builder setDocumentId(@Nullable String documentId);

    abstract Builder setOrigin(Origin origin);

    abstract Builder setContentHash(String hash);

    abstract Builder setFingerprint(String fingerprint);

    abstract Builder setOutcome(Outcome outcome);

    abstract Builder setStale(boolean stale);

    abstract Builder setReasons(@Nullable String reasons);

    abstract Builder setDocumentRows(int rows);

    abstract Builder setEntityRows(int rows);

    abstract Builder setRelationshipRows(int rows);

    abstract Builder setDocumentRowsRejected(int rows);

    abstract Builder setEntityRowsRejected(int rows);

    abstract Builder setRelationshipRowsRejected(int rows);

    abstract Builder setMetadataKeysCut(int keys);

    abstract Builder setRelationshipsDropped(int relationships);

    abstract Builder setExtractionMillis(double millis);

    abstract Builder setStorageMillis(double millis);

    abstract Builder setRunId(String runId);

    abstract Builder setSeenRunId(String runId);

    abstract Builder setAttempts(int attempts);

    abstract Builder setWrittenAt(Timestamp time);

    abstract Builder setSeenAt(Timestamp time);

    abstract LedgerRow build();
  }

  Row toRow() {
    return Row.of(
        ledgerKey(),
        placeKey(),
        pipeline(),
        documentId(),
        origin().source(),
        origin().position(),
        new Timestamp(origin().modifiedMillis()),
        contentHash(),
        fingerprint(),
        outcome().column(),
        stale() ? 1 : 0,
        reasons(),
        documentRows(),
        entityRows(),
        relationshipRows(),
        documentRowsRejected(),
        entityRowsRejected(),
        relationshipRowsRejected(),
        metadataKeysCut(),
        relationshipsDropped(),
        extractionMillis(),
        storageMillis(),
        runId(),
        seenRunId(),
        attempts(),
        writtenAt(),
        seenAt());
  }

  /**
   * This row with short ASCII texts, for a database that cannot hold it. What the columns cannot
   * hold is in the first reason.
   */
  LedgerRow storable() {
    String id = documentId();
    String plainId = id == null ? null : PlainText.of(id, TableDefinitions.MAX_DOCUMENT_ID);
    String source = origin().source();
    String plainSource = PlainText.of(source, TableDefinitions.MAX_PLAIN_SOURCE);
    List<Reasons.Reason> reasons = new ArrayList<>(Reasons.parse(reasons()));
    if (!reasons.isEmpty()) {
      reasons.set(
          0,
          reasons
              .get(0)
              .with(
                  Objects.equals(id, plainId) ? null : id,
                  source.equals(plainSource) ? null : source));
    }
    return toBuilder()
        .setDocumentId(plainId)
        .setOrigin(new Origin(plainSource, origin().position(), origin().modifiedMillis()))
        .setReasons(Reasons.toJson(reasons))
        .build();
  }

  static LedgerRow of(Row row) {
    String reasons = (String) value(row, "reasons");
    return new AutoValue_LedgerRow.Builder()
        .setLedgerKey(text(row, "ledger_key"))
        .setPlaceKey(text(row, "place_key"))
        .setPipeline(text(row, "pipeline"))
        .setDocumentId(Reasons.documentId((String) value(row, "document_id"), reasons))
        .setOrigin(
            new Origin(
                Reasons.source(text(row, "source"), reasons),
                number(row, "source_position").longValue(),
                time(row, "source_modified").getTime()))
        .setContentHash(text(row, "content_hash"))
        .setFingerprint(text(row, "fingerprint"))
        .setOutcome(Outcome.of(text(row, "outcome")))
        .setStale(integer(row, "stale") != 0)
        .setReasons(reasons)
        .setDocumentRows(integer(row, "document_rows"))
        .setEntityRows(integer(row, "entity_rows"))
        .setRelationshipRows(integer(row, "relationship_rows"))
        .setDocumentRowsRejected(integer(row, "document_rows_rejected"))
        .setEntityRowsRejected(integer(row, "entity_rows_rejected"))
        .setRelationshipRowsRejected(integer(row, "relationship_rows_rejected"))
        .setMetadataKeysCut(integer(row, "metadata_keys_cut"))
        .setRelationshipsDropped(integer(row, "relationships_dropped"))
        .setExtractionMillis(number(row, "extraction_millis").doubleValue())
        .setStorageMillis(number(row, "storage_millis").doubleValue())
        .setRunId(text(row, "run_id"))
        .setSeenRunId(text(row, "seen_run_id"))
        .setAttempts(integer(row, "attempts"))
        .setWrittenAt(time(row, "written_at"))
        .setSeenAt(time(row, "seen_at"))
        .build();
  }

  private static @Nullable Object value(Row row, String column) {
    return row.get(COLUMNS.indexOf(column));
  }

  /** Some databases return an empty text as null. */
  private static String text(Row row, String column) {
    Object value = value(row, column);
    return value == null ? "" : (String) value;
  }

  private static int integer(Row row, String column) {
    return number(row, column).intValue();
  }

  private static Number number(Row row, String column) {
    return (Number) Objects.requireNonNull(value(row, column), column);
  }

  private static Timestamp time(Row row, String column) {
    return (Timestamp) Objects.requireNonNull(value(row, column), column);
  }
}
