package org.irisgraph.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.irisgraph.graph.Origin;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.Row;

/** Looks up the current state of dead letters in the ledger. */
public final class DeadLetterCheck {

  private final LedgerSettings settings;
  private final List<String> otherPipelines;

  /** The state of a dead letter's document or place. */
  public enum State {
    /** The document is in the tables. */
    INDEXED,
    /** A document with its id is in the tables, from another source. */
    INDEXED_FROM_ELSEWHERE,
    /** The document is not in the tables, or in part only. */
    OPEN,
    /** The ledger has neither the document nor the place. */
    UNKNOWN,
    /** It belongs to another pipeline. */
    OTHER_PIPELINE
  }

  /**
   * The result of a check.
   *
   * @param reason why it is open, or the pipeline that it belongs to; else empty
   * @param seen whether the run of this check has seen it
   */
  public record Verdict(State state, String reason, boolean seen) {

    private static final Verdict INDEXED = new Verdict(State.INDEXED, "", false);
    private static final Verdict FROM_ELSEWHERE =
        new Verdict(State.INDEXED_FROM_ELSEWHERE, "", false);
    private static final Verdict UNKNOWN = new Verdict(State.UNKNOWN, "", false);
  }

  private DeadLetterCheck(LedgerSettings settings, List<String> otherPipelines) {
    this.settings = settings;
    this.otherPipelines = otherPipelines;
  }

  /** Creates a check against the ledger of a run. */
  public static DeadLetterCheck of(Connection connection, LedgerSettings settings)
      throws SQLException {
    List<String> others = new ArrayList<>();
    // IRIS may return the results of DISTINCT and GROUP BY in upper case, so read stored rows.
    try (PreparedStatement statement =
            connection.prepareStatement(
                ("SELECT pipeline FROM %1$s WHERE ledger_key IN"
                        + " (SELECT MIN(ledger_key) FROM %1$s GROUP BY pipeline)")
                    .formatted(settings.table()));
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        if (!rows.getString(1).equals(settings.pipeline())) {
          others.add(rows.getString(1));
        }
      }
    }
    return new DeadLetterCheck(settings, others);
  }

  /** Checks dead letters, in their order, with a few queries for all. */
  public List<Verdict> check(Connection connection, List<DeadLetter> letters) throws SQLException {
    Set<String> documentKeys = new HashSet<>();
    Set<String> placeKeys = new HashSet<>();
    for (DeadLetter letter : letters) {
      if (letter.documentId() != null) {
        documentKeys.add(settings.documentKey(letter.documentId()));
      }
      placeKeys.add(place(settings.pipeline(), letter));
      otherPipelines.forEach(other -> placeKeys.add(place(other, letter)));
    }
    Map<String, LedgerRow> byKey = new HashMap<>();
    Map<String, List<LedgerRow>> byPlace = new HashMap<>();
    for (LedgerRow row : select(connection, "ledger_key", documentKeys)) {
      byKey.put(row.ledgerKey(), row);
    }
    for (LedgerRow row : select(connection, "place_key", placeKeys)) {
      byKey.put(row.ledgerKey(), row);
      byPlace.computeIfAbsent(row.placeKey(), key -> new ArrayList<>()).add(row);
    }
    return letters.stream().map(letter -> verdict(letter, byKey, byPlace)).toList();
  }

  private Verdict verdict(
      DeadLetter letter, Map<String, LedgerRow> byKey, Map<String, List<LedgerRow>> byPlace) {
    LedgerRow failure = byKey.get(place(settings.pipeline(), letter));
    if (failure != null && isOf(letter, failure)) {
      return open(failure);
    }
    LedgerRow document =
        letter.documentId() == null ? null : byKey.get(settings.documentKey(letter.documentId()));
    if (document != null && document.pipeline().equals(settings.pipeline())) {
      Verdict verdict = of(document);
      return verdict.state() == State.INDEXED && !document.origin().source().equals(letter.source())
          ? Verdict.FROM_ELSEWHERE
          : verdict;
    }
    for (LedgerRow atPlace : byPlace.getOrDefault(place(settings.pipeline(), letter), List.of())) {
      return of(atPlace);
    }
    for (String other : otherPipelines) {
      if (byPlace.containsKey(place(other, letter))) {
        return otherPipeline(other);
      }
    }
    // A document that was rejected because of another pipeline's id belongs to this pipeline.
    return document == null || Ledger.OTHER_PIPELINE.equals(letter.code())
        ? Verdict.UNKNOWN
        : otherPipeline(document.pipeline());
  }

  /** False if another document is at the place now. */
  private static boolean isOf(DeadLetter letter, LedgerRow row) {
    return letter.documentId() == null
        || row.documentId() == null
        || letter.documentId().equals(row.documentId());
  }

  private Verdict of(LedgerRow document) {
    return document.outcome() == Outcome.INDEXED && !document.stale()
        ? Verdict.INDEXED
        : open(document);
  }

  private Verdict open(LedgerRow row) {
    List<Reasons.Reason> reasons = Reasons.parse(row.reasons());
    String more = reasons.size() > 1 ? " (and %d more)".formatted(reasons.size() - 1) : "";
    String reason =
        reasons.isEmpty()
            ? row.outcome().column()
            : reasons.get(0).code() + " " + reasons.get(0).message() + more;
    return new Verdict(State.OPEN, reason, row.seenRunId().equals(settings.runId()));
  }

  private static Verdict otherPipeline(String name) {
    return new Verdict(State.OTHER_PIPELINE, "of the pipeline " + name, false);
  }

  private List<LedgerRow> select(Connection connection, String column, Set<String> keys)
      throws SQLException {
    List<LedgerRow> rows = new ArrayList<>();
    for (Row row :
        KeyedRows.select(connection, settings.table(), LedgerRow.COLUMNS, column, keys)) {
      rows.add(LedgerRow.of(row));
    }
    return rows;
  }

  private static String place(String pipeline, DeadLetter letter) {
    return LedgerKeys.place(pipeline, new Origin(letter.source(), letter.position(), 0));
  }
}
