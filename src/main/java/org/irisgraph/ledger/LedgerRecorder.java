package org.irisgraph.ledger;

import java.io.Serializable;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.graph.Failure;
import org.irisgraph.graph.Origin;
import org.irisgraph.graphrag.GraphTables;
import org.irisgraph.iris.spec.OutcomeTable;
import org.irisgraph.iris.spec.RejectedRow;
import org.jspecify.annotations.Nullable;

/** Makes the ledger rows that a run records. */
final class LedgerRecorder implements Serializable {

  private static final long serialVersionUID = 1L;

  private final LedgerSettings settings;
  private final GraphTables tables;

  LedgerRecorder(LedgerSettings settings, GraphTables tables) {
    this.settings = settings;
    this.tables = tables;
  }

  /** The outcome of a document; keys and attempts are the caller's to set. */
  LedgerRow.Builder outcome(DocumentGraph graph, OutcomeTable.Result result) {
    Timestamp now = now();
    return LedgerRow.builder()
        .setPipeline(settings.pipeline())
        .setDocumentId(graph.documentId())
        .setOrigin(graph.origin())
        // Nothing with this hash is in the tables.
        .setContentHash(graph.isFailed() ? "" : graph.contentHash())
        .setFingerprint(settings.fingerprint().stored())
        .setOutcome(outcome(result))
        .setReasons(Reasons.toJson(reasons(graph.failure(), result)))
        .setDocumentRows(result.committed().getOrDefault(tables.documents(), 0))
        .setEntityRows(result.committed().getOrDefault(tables.entities(), 0))
        .setRelationshipRows(result.committed().getOrDefault(tables.relationships(), 0))
        .setDocumentRowsRejected(result.missing().getOrDefault(tables.documents(), 0))
        .setEntityRowsRejected(result.missing().getOrDefault(tables.entities(), 0))
        .setRelationshipRowsRejected(result.missing().getOrDefault(tables.relationships(), 0))
        .setMetadataKeysCut(graph.metadataKeysCut())
        .setRelationshipsDropped(graph.relationshipsDropped())
        .setExtractionMillis(graph.extractionMillis())
        .setStorageMillis(result.storageMillis())
        .setRunId(settings.runId())
        .setSeenRunId(settings.runId())
        .setWrittenAt(now)
        .setSeenAt(now);
  }

  private static Outcome outcome(OutcomeTable.Result result) {
    return switch (result.state()) {
      case INCOMPLETE -> Outcome.INCOMPLETE;
      case REJECTED -> Outcome.REJECTED;
      case STORED -> result.rejected().isEmpty() ? Outcome.INDEXED : Outcome.PARTIAL;
    };
  }

  private static List<Reasons.Reason> reasons(
      @Nullable Failure failure, OutcomeTable.Result result) {
    return failure == null ? Reasons.of(result.rejected()) : List.of(Reasons.of(failure));
  }

  /** The last good version of a document, with the reason why there is no newer one. */
  LedgerRow stale(LedgerRow good, DocumentGraph unreadable, Failure failure) {
    List<Reasons.Reason> reasons = new ArrayList<>();
    reasons.add(Reasons.of(failure).with(unreadable.documentId(), null));
    if (!good.stale()) {
      reasons.addAll(Reasons.parse(good.reasons()));
    }
    return good.toBuilder()
        .setOrigin(unreadable.origin())
        .setStale(true)
        .setReasons(Reasons.toJson(reasons))
        .setSeenRunId(settings.runId())
        .setSeenAt(now())
        .build();
  }

  /** A place whose document id a smaller place gives, too. */
  LedgerRow duplicate(LedgerRow loser, DocumentGraph winner) {
    String id = loser.documentId() == null ? "" : loser.documentId();
    // As if the sink had refused it: the arrival order must not change the message.
    RejectedRow refusal =
        new RejectedRow(
            id,
            "",
            id,
            RejectedRow.Reason.VALIDATION,
            Ledger.DUPLICATE,
            duplicateMessage(winner.documentId(), winner.origin(), id, loser.origin()));
    return rejectedPlace(loser).setReasons(Reasons.toJson(List.of(Reasons.of(refusal)))).build();
  }

  static String duplicateMessage(
      @Nullable String winnerId, Origin winner, @Nullable String loserId, Origin loser) {
    return Objects.equals(winnerId, loserId)
        ? "duplicate document id: %s is the id of %s and of %s; the first is kept"
            .formatted(winnerId, winner, loser)
        : "duplicate document id: \"%s\" of %s and \"%s\" of %s differ in case or in blanks at the end alone; the first is kept"
            .formatted(winnerId, winner, loserId, loser);
  }

  /** An unreadable place whose document is now read at another place. */
  LedgerRow unreadablePlace(LedgerRow document) {
    Reasons.Reason reason = Reasons.parse(document.reasons()).get(0);
    return rejectedPlace(document)
        // The document's, if the place has said which it is.
        .setDocumentId(reason.documentId())
        .setContentHash("")
        .setMetadataKeysCut(0)
        .setRelationshipsDropped(0)
        .setDocumentRowsRejected(0)
        .setEntityRowsRejected(0)
        .setRelationshipRowsRejected(0)
        .setReasons(Reasons.toJson(List.of(reason.with(null, reason.source()))))
        .build();
  }

  private LedgerRow.Builder rejectedPlace(LedgerRow document) {
    return document.toBuilder()
        .setLedgerKey(document.placeKey())
        .setOutcome(Outcome.REJECTED)
        .setStale(false)
        .setDocumentRows(0)
        .setEntityRows(0)
        .setRelationshipRows(0)
        .setDocumentRowsRejected(document.documentRows() + document.documentRowsRejected())
        .setEntityRowsRejected(document.entityRows() + document.entityRowsRejected())
        .setRelationshipRowsRejected(
            document.relationshipRows() + document.relationshipRowsRejected())
        .setRunId(settings.runId())
        .setSeenRunId(settings.runId())
        .setSeenAt(now());
  }

  private static Timestamp now() {
    return new Timestamp(System.currentTimeMillis());
  }
}
