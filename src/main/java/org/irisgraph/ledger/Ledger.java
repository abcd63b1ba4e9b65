package org.irisgraph.ledger;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.irisgraph.document.PathId;
import org.irisgraph.graph.DocumentGraph;
import org.irisgraph.graph.Failure;
import org.irisgraph.graph.PassageIds;
import org.irisgraph.graphrag.GraphTables;
import org.irisgraph.iris.spec.DerivedColumns;
import org.irisgraph.iris.spec.WriteDecision;
import org.irisgraph.jdbc.Row;
import org.jspecify.annotations.Nullable;

/**
 * The ledger as the outcome table of the sink: decides what to do with a document, inside the
 * transaction that writes it, and records the outcome.
 *
 * <p>If two places give one document id, the smaller place wins, in whichever order they arrive;
 * the loser is recorded under its place. If a place becomes unreadable, the last good version of
 * its document stays in the tables and is marked as stale.
 *
 * <p>A run that watches its input sees several states of a source, which may arrive here in any
 * order. The later state wins, by the modification time of its origin.
 */
public final class Ledger extends LedgerOutcomes {

  /** The code of a document whose id another place gives, too. */
  public static final String DUPLICATE = "DUPLICATE_DOCUMENT_ID";

  /** The code of a document from an earlier state of its source; it is not recorded. */
  static final String OVERTAKEN = "OVERTAKEN";

  /** The code of a document whose id belongs to another pipeline. */
  public static final String OTHER_PIPELINE = "DOCUMENT_OF_OTHER_PIPELINE";

  /** The code of a document that has the id of a passage, or a passage that of a document. */
  static final String PASSAGE_ID = "PASSAGE_ID";

  private final LedgerRecorder recorder;
  private final @Nullable DerivedColumns derived;

  /** Whether others store the documents' texts. */
  private final boolean inPlace;

  /** Whether what is derived is stored with each text. */
  private final boolean computesVectors;

  private final boolean hasPassages;

  /** The ledger of a run. */
  public Ledger(LedgerSettings settings, GraphTables tables) {
    super(settings);
    this.recorder = new LedgerRecorder(settings, tables);
    this.derived = tables.derived().orElse(null);
    this.inPlace = tables.isInPlace();
    this.computesVectors = tables.vectors().isPresent();
    this.hasPassages = tables.hasPassages();
  }

  /**
   * The rows of a document, of its place, and of documents with the ids of its passages or with
   * passages of its id; or of all that was read at an unreadable place.
   */
  @Override
  public Map<String, Set<String>> lookUps(DocumentGraph graph) {
    if (graph.isFailed()) {
      return Map.of("place_key", Set.of(place(graph)));
    }
    String id = graph.requireDocumentId();
    Set<String> keys = new HashSet<>();
    keys.add(place(graph));
    keys.add(settings.documentKey(id));
    PassageIds.parse(id).ifPresent(part -> keys.add(settings.documentKey(part.documentId())));
    PassageIds.first(id, graph.passages().size())
        .forEach(passage -> keys.add(settings.documentKey(passage)));
    return Map.of("ledger_key", keys);
  }

  @Override
  public WriteDecision decide(DocumentGraph graph, List<Row> found) {
    Earlier earlier = earlier(graph, found);
    if (isOvertaken(graph, earlier)) {
      return WriteDecision.refuse(
          OVERTAKEN, "a later state of %s is known".formatted(graph.origin()));
    }
    Failure failure = failure(graph, found);
    return failure == null ? decideReadable(graph, earlier) : decideFailed(graph, failure, earlier);
  }

  @Override
  public Optional<Row> row(DocumentGraph graph, List<Row> found, Result result) {
    Earlier earlier = earlier(graph, found);
    if (isOvertaken(graph, earlier)) {
      return Optional.empty();
    }
    Failure failure = failure(graph, found);
    Optional<LedgerRow> good = earlier.goodVersion();
    if (failure != null && good.isPresent()) {
      return Optional.of(recorder.stale(good.get(), graph, failure).toRow());
    }
    boolean refused = result.decision().action() == WriteDecision.Action.REFUSE;
    LedgerRow before = refused ? earlier.ofPlace() : earlier.ofDocument();
    LedgerRow row =
        recorder
            .outcome(graph, result)
            .setLedgerKey(refused ? place(graph) : settings.documentKey(graph.requireDocumentId()))
            .setPlaceKey(place(graph))
            .setAttempts(before == null ? 1 : before.attempts() + 1)
            .build();
    int left = before == null || result.state() != State.INCOMPLETE ? 0 : before.passages();
    return Optional.of(
        // Until the last transaction, the tables may have all passages of the earlier version.
        (left > row.passages() ? row.toBuilder().setDocumentRows(1 + left).build() : row).toRow());
  }

  /**
   * Why a document cannot be stored: it could not be read, or an id is both that of a document and
   * that of a passage.
   */
  private @Nullable Failure failure(DocumentGraph graph, List<Row> found) {
    if (graph.isFailed()) {
      return graph.failure();
    }
    LedgerRow document = earlier(graph, found).ofDocument();
    if (document != null && !document.pipeline().equals(settings.pipeline())) {
      // Refused with another reason, and the other pipeline's row must stay.
      return null;
    }
    String id = graph.requireDocumentId();
    Optional<PassageIds.Part> part = PassageIds.parse(id);
    if (hasPassages && part.isPresent()) {
      return new Failure(
          Failure.Stage.STORE,
          PASSAGE_ID,
          "with passages=sentences, %s is the id of a passage of a document %s"
              .formatted(id, part.get().documentId()));
    }
    String parentKey = part.map(of -> settings.documentKey(of.documentId())).orElse("");
    Set<String> own = Set.of(place(graph), settings.documentKey(id));
    for (Row row : found) {
      LedgerRow other = LedgerRow.of(row);
      boolean stored = other.outcome() != Outcome.REJECTED && !own.contains(other.ledgerKey());
      if (stored && part.isPresent() && other.ledgerKey().equals(parentKey)) {
        if (part.get().index() < other.passages()) {
          return new Failure(
              Failure.Stage.STORE,
              PASSAGE_ID,
              "%s is the id of a passage of the document %s of the pipeline %s"
                  .formatted(id, other.documentId(), other.pipeline()));
        }
      } else if (stored) {
        return new Failure(
            Failure.Stage.STORE,
            PASSAGE_ID,
            "a passage of %s has the id of the document %s of the pipeline %s"
                .formatted(id, other.documentId(), other.pipeline()));
      }
    }
    return null;
  }

  @Override
  public Optional<DerivedColumns> derived() {
    return Optional.ofNullable(derived);
  }

  private WriteDecision decideReadable(DocumentGraph graph, Earlier earlier) {
    LedgerRow document = earlier.ofDocument();
    WriteDecision decision =
        document == null ? WriteDecision.write() : decideKnown(graph, document);
    if (decision.action() == WriteDecision.Action.REFUSE) {
      return decision;
    }
    decision = decision.owning(owners(graph, document));
    boolean sameContent = document == null ? inPlace : hasContent(document, graph.contentHash());
    return (sameContent || computesVectors ? decision.keepingContent() : decision)
        .forgetting(earlier.keyOfPlace());
  }

  /** The ids of the passages of a document and of its earlier version. */
  private static List<String> owners(DocumentGraph graph, @Nullable LedgerRow earlier) {
    String id = graph.requireDocumentId();
    String formerId = earlier == null ? null : earlier.documentId();
    Set<String> owners = new LinkedHashSet<>(PassageIds.first(id, graph.passages().size()));
    if (earlier != null) {
      owners.addAll(PassageIds.first(formerId == null ? id : formerId, earlier.passages()));
    }
    return List.copyOf(owners);
  }

  /** Whether a row records that the tables have content with this hash. */
  private boolean hasContent(LedgerRow document, String hash) {
    return hash.equals(document.contentHash())
        && switch (document.outcome()) {
          case INDEXED, PARTIAL -> true;
          // Others have stored it.
          case REJECTED -> inPlace;
          case INCOMPLETE -> false;
        };
  }

  private WriteDecision decideKnown(DocumentGraph graph, LedgerRow document) {
    if (!document.pipeline().equals(settings.pipeline())) {
      return WriteDecision.refuse(
          OTHER_PIPELINE,
          "document id %s belongs to the pipeline %s"
              .formatted(graph.documentId(), document.pipeline()));
    }
    WriteDecision replace =
        document.documentId() == null
            ? WriteDecision.replace()
            : WriteDecision.replace().renaming(document.documentId());
    if (document.origin().samePlace(graph.origin())) {
      return replace;
    }
    if (!isSeen(document)) {
      // If the other place still gives this id, it claims it later in this run.
      return replace.claiming(claimUnseen(document));
    }
    if (document.origin().isBefore(graph.origin())) {
      // The document has moved within its source.
      return replace.claiming(
          new WriteDecision.Claim(
              document.ledgerKey(), "place_key", document.placeKey(), place(graph)));
    }
    if (document.stale()) {
      return replace.recording(List.of(recorder.unreadablePlace(document).toRow()));
    }
    if (document.origin().compareTo(graph.origin()) < 0) {
      return WriteDecision.refuse(
          DUPLICATE,
          LedgerRecorder.duplicateMessage(
              document.documentId(), document.origin(), graph.documentId(), graph.origin()));
    }
    return replace.recording(List.of(recorder.duplicate(document, graph).toRow()));
  }

  private WriteDecision decideFailed(DocumentGraph graph, Failure failure, Earlier earlier) {
    WriteDecision refused = WriteDecision.refuse(failure.code(), failure.message());
    Optional<LedgerRow> good = earlier.goodVersion();
    if (good.isEmpty()) {
      return refused;
    }
    WriteDecision decision = refused.forgetting(earlier.keyOfPlace());
    String id = good.get().documentId();
    // The table has the new text already. What others derive from it later is theirs.
    if (inPlace
        && id != null
        && !good.get().stale()
        && !hasContent(good.get(), graph.contentHash())) {
      decision = decision.clearing(id);
    }
    return good.get().seenRunId().equals(settings.runId())
        ? decision
        : decision.claiming(claimUnseen(good.get()));
  }

  /** Fails if another writer gives the document to another place at the same time. */
  private WriteDecision.Claim claimUnseen(LedgerRow row) {
    return new WriteDecision.Claim(
        row.ledgerKey(), "seen_run_id", row.seenRunId(), settings.runId());
  }

  private boolean isOvertaken(DocumentGraph graph, Earlier earlier) {
    return isOvertaken(graph, earlier.ofDocument()) || isOvertaken(graph, earlier.ofPlace());
  }

  private boolean isOvertaken(DocumentGraph graph, @Nullable LedgerRow row) {
    return row != null && isSeen(row) && graph.origin().isBefore(row.origin());
  }

  private boolean isSeen(LedgerRow row) {
    return row.pipeline().equals(settings.pipeline()) && row.seenRunId().equals(settings.runId());
  }

  private String place(DocumentGraph graph) {
    return LedgerKeys.place(settings.pipeline(), graph.origin());
  }

  /** The ledger rows of a document and of its place before the transaction. */
  private record Earlier(@Nullable LedgerRow ofDocument, @Nullable LedgerRow ofPlace) {

    /** The row of a version of the document that is in the tables. */
    Optional<LedgerRow> goodVersion() {
      return Optional.ofNullable(ofDocument).filter(row -> row.outcome() != Outcome.REJECTED);
    }

    List<String> keyOfPlace() {
      return ofPlace == null ? List.of() : List.of(ofPlace.ledgerKey());
    }
  }

  /**
   * The key of a document; null if what failed does not say which it is, so that all rows of its
   * place are its own. It does not by a path, since the ledger may have another.
   */
  private @Nullable String key(DocumentGraph graph) {
    String id = graph.documentId();
    return id == null || (graph.isFailed() && PathId.isPath(id, graph.origin()))
        ? null
        : settings.documentKey(id);
  }

  private Earlier earlier(DocumentGraph graph, List<Row> found) {
    String place = place(graph);
    String key = key(graph);
    LedgerRow ofDocument = null;
    LedgerRow ofPlace = null;
    for (Row row : found) {
      LedgerRow ledgerRow = LedgerRow.of(row);
      if (ledgerRow.ledgerKey().equals(place)) {
        ofPlace = ledgerRow;
      } else if (key == null || ledgerRow.ledgerKey().equals(key)) {
        ofDocument = ledgerRow;
      }
    }
    return new Earlier(ofDocument, ofPlace);
  }
}
