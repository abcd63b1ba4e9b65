package org.irisgraph.graphrag;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.graph.Origin;
import org.irisgraph.iris.RejectedRow;
import org.irisgraph.iris.WriteDecision;
import org.irisgraph.jdbc.Row;

/**
 * The ledger as the outcome table of the sink: decides what to do with a document, inside the
 * transaction that writes it, and records what became of it.
 *
 * <p>Of two places that give one document id the smaller wins, in whichever order they come: the
 * loser is recorded under its place. A place that cannot be read any more leaves the last good
 * version of its document in the tables and marks it as stale.
 *
 * <p>A run that watches its input sees several states of a source, and they may come here in any
 * order: of two states the later counts, by the time that their origins bear. What an earlier state
 * had at a place says nothing of that place now.
 */
public final class Ledger extends LedgerOutcomes {

  /** The code of a document whose id another place gives, too. */
  public static final String DUPLICATE = "DUPLICATE_DOCUMENT_ID";

  /** The code of what a later state of its source has overtaken; it leaves no trace. */
  static final String OVERTAKEN = "OVERTAKEN";

  /** The code of a document whose id belongs to another pipeline. */
  public static final String OTHER_PIPELINE = "DOCUMENT_OF_OTHER_PIPELINE";

  private final GraphTables tables;

  /** The ledger of a run. */
  public Ledger(LedgerSettings settings, GraphTables tables) {
    super(settings);
    this.tables = tables;
  }

  /** A document by its id and its place; what cannot be read by whatever was read there before. */
  @Override
  public Map<String, Set<String>> lookUps(DocumentGraph graph) {
    String place = LedgerKeys.place(settings.pipeline(), graph.origin());
    return graph.isFailed()
        ? Map.of("place_key", Set.of(place))
        : Map.of("ledger_key", Set.of(settings.documentKey(graph.documentId()), place));
  }

  @Override
  public WriteDecision decide(DocumentGraph graph, List<Row> found) {
    String place = LedgerKeys.place(settings.pipeline(), graph.origin());
    LedgerRow ofDocument = null;
    LedgerRow ofPlace = null;
    for (Row row : found) {
      LedgerRow ledgerRow = LedgerRow.of(row);
      if (ledgerRow.ledgerKey().equals(place)) {
        ofPlace = ledgerRow;
      } else {
        ofDocument = ledgerRow;
      }
    }
    if (isOvertaken(graph, ofDocument) || isOvertaken(graph, ofPlace)) {
      return WriteDecision.refuse(
              OVERTAKEN, "a later state of %s is known".formatted(graph.origin()))
          .remembering(Overtaken.BY_A_LATER_STATE);
    }
    return graph.isFailed()
        ? decideFailed(graph, ofDocument, ofPlace)
        : decideReadable(graph, ofDocument, ofPlace);
  }

  private boolean isOvertaken(DocumentGraph graph, LedgerRow row) {
    return row != null && isSeen(row) && graph.origin().isBefore(row.origin());
  }

  private boolean isSeen(LedgerRow row) {
    return row.pipeline().equals(settings.pipeline()) && row.seenRunId().equals(settings.runId());
  }

  private WriteDecision decideReadable(
      DocumentGraph graph, LedgerRow ofDocument, LedgerRow ofPlace) {
    Earlier earlier = new Earlier(ofDocument, ofPlace);
    List<String> forgotten = ofPlace == null ? List.of() : List.of(ofPlace.ledgerKey());
    if (ofDocument == null) {
      return WriteDecision.write().forgetting(forgotten).remembering(earlier);
    }
    if (!ofDocument.pipeline().equals(settings.pipeline())) {
      return WriteDecision.refuse(
              OTHER_PIPELINE,
              "document id %s belongs to the pipeline %s"
                  .formatted(graph.documentId(), ofDocument.pipeline()))
          .remembering(earlier);
    }
    boolean seen = isSeen(ofDocument);
    boolean samePlace = ofDocument.origin().samePlace(graph.origin());
    if (samePlace) {
      return WriteDecision.replace().forgetting(forgotten).remembering(earlier);
    }
    if (!seen) {
      // Whether the other place still gives this id is not known yet; if it does, it will claim it.
      return WriteDecision.replace()
          .forgetting(forgotten)
          .claiming(
              new WriteDecision.Claim(
                  ofDocument.ledgerKey(), "seen_run_id", ofDocument.seenRunId(), settings.runId()))
          .remembering(earlier);
    }
    if (ofDocument.origin().isBefore(graph.origin())) {
      // It has moved within its source; the place that it had is somebody else's now, or nobody's.
      return WriteDecision.replace()
          .forgetting(forgotten)
          .claiming(
              new WriteDecision.Claim(
                  ofDocument.ledgerKey(),
                  "place_key",
                  ofDocument.placeKey(),
                  LedgerKeys.place(settings.pipeline(), graph.origin())))
          .remembering(earlier);
    }
    if (ofDocument.stale()) {
      return WriteDecision.replace()
          .forgetting(forgotten)
          .recording(List.of(unreadablePlace(ofDocument).toRow()))
          .remembering(earlier);
    }
    if (ofDocument.origin().compareTo(graph.origin()) < 0) {
      return WriteDecision.refuse(
              DUPLICATE, duplicate(graph.documentId(), ofDocument.origin(), graph.origin()))
          .remembering(earlier);
    }
    return WriteDecision.replace()
        .forgetting(forgotten)
        .recording(List.of(loser(ofDocument, graph.origin()).toRow()))
        .remembering(earlier);
  }

  private WriteDecision decideFailed(DocumentGraph graph, LedgerRow ofDocument, LedgerRow ofPlace) {
    WriteDecision decision =
        WriteDecision.refuse(graph.failure().code(), graph.failure().message())
            .remembering(new Earlier(ofDocument, ofPlace));
    if (!hasGoodVersion(ofDocument)) {
      return decision;
    }
    if (!ofDocument.seenRunId().equals(settings.runId())) {
      decision = decision.claiming(claim(ofDocument));
    }
    return ofPlace == null ? decision : decision.forgetting(List.of(ofPlace.ledgerKey()));
  }

  /** Another writer may be giving the same document to another place at this moment. */
  private WriteDecision.Claim claim(LedgerRow row) {
    return new WriteDecision.Claim(
        row.ledgerKey(), "seen_run_id", row.seenRunId(), settings.runId());
  }

  private static boolean hasGoodVersion(LedgerRow row) {
    return row != null && row.outcome() != Outcome.REJECTED;
  }

  /** What the ledger held before, kept with the decision for the row that replaces it. */
  private record Earlier(LedgerRow ofDocument, LedgerRow ofPlace) {}

  /** The memory of a decision to which nothing is to be recorded. */
  private enum Overtaken {
    BY_A_LATER_STATE
  }

  @Override
  public @Nullable Row row(DocumentGraph graph, Result result) {
    if (result.decision().memory() instanceof Overtaken) {
      return null;
    }
    Earlier earlier = (Earlier) result.decision().memory();
    if (graph.isFailed() && hasGoodVersion(earlier.ofDocument())) {
      return stale(graph, earlier.ofDocument()).toRow();
    }
    boolean refused = result.decision().action() == WriteDecision.Action.REFUSE;
    String place = LedgerKeys.place(settings.pipeline(), graph.origin());
    String key = refused ? place : settings.documentKey(graph.documentId());
    LedgerRow before = refused ? earlier.ofPlace() : earlier.ofDocument();
    Timestamp now = now();
    return LedgerRow.builder()
        .setLedgerKey(key)
        .setPlaceKey(place)
        .setPipeline(settings.pipeline())
        .setDocumentId(graph.documentId())
        .setOrigin(graph.origin())
        .setContentHash(graph.contentHash())
        .setFingerprint(settings.fingerprint())
        .setOutcome(outcome(result))
        .setReasons(Reasons.toJson(reasons(graph, result)))
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
        .setAttempts(before == null ? 1 : before.attempts() + 1)
        .setWrittenAt(now)
        .setSeenAt(now)
        .build()
        .toRow();
  }

  private static Outcome outcome(Result result) {
    return switch (result.state()) {
      case INCOMPLETE -> Outcome.INCOMPLETE;
      case REJECTED -> Outcome.REJECTED;
      case STORED -> result.rejected().isEmpty() ? Outcome.INDEXED : Outcome.PARTIAL;
    };
  }

  private static List<Reasons.Reason> reasons(DocumentGraph graph, Result result) {
    return graph.isFailed() ? List.of(Reasons.of(graph.failure())) : Reasons.of(result.rejected());
  }

  /** The last good version stays, with the reason why there is no newer one. */
  private LedgerRow stale(DocumentGraph graph, LedgerRow good) {
    List<Reasons.Reason> reasons = new ArrayList<>();
    reasons.add(Reasons.of(graph.failure()));
    if (!good.stale()) {
      reasons.addAll(Reasons.parse(good.reasons()));
    }
    return good.toBuilder()
        .setOrigin(graph.origin())
        .setStale(true)
        .setReasons(Reasons.toJson(reasons))
        .setSeenRunId(settings.runId())
        .setSeenAt(now())
        .build();
  }

  /** A place that lost its document to another one, recorded under the place. */
  private LedgerRow loser(LedgerRow document, Origin winner) {
    String message = duplicate(document.documentId(), winner, document.origin());
    return rejectedPlace(document)
        .setReasons(
            Reasons.toJson(
                List.of(
                    Reasons.of(
                        new RejectedRow(
                            document.documentId(),
                            "",
                            document.documentId(),
                            RejectedRow.Reason.VALIDATION,
                            DUPLICATE,
                            message)))))
        .build();
  }

  private LedgerRow unreadablePlace(LedgerRow document) {
    return rejectedPlace(document)
        .setDocumentId(null)
        .setContentHash("")
        .setMetadataKeysCut(0)
        .setRelationshipsDropped(0)
        .setDocumentRowsRejected(0)
        .setEntityRowsRejected(0)
        .setRelationshipRowsRejected(0)
        .setReasons(Reasons.toJson(Reasons.parse(document.reasons()).subList(0, 1)))
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

  private static String duplicate(String documentId, Origin winner, Origin loser) {
    return "duplicate document id: %s is the id of %s and of %s; the first is kept"
        .formatted(documentId, winner, loser);
  }

  private static Timestamp now() {
    return Timestamp.from(Instant.ofEpochMilli(System.currentTimeMillis()));
  }
}
