package org.irisgraph.graphrag;

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

/** Finds out what the ledger says today of what a dead letter names. */
public final class DeadLetterCheck {

  private final LedgerSettings settings;
  private final List<String> otherPipelines;

  /** What a dead letter's document or place is to the ledger. */
  public enum State {
    /** It is in the tables. */
    INDEXED,
    /** It is not, or not as a whole. */
    OPEN,
    /** The ledger has nothing of it. */
    UNKNOWN,
    /** It is another pipeline's. */
    OTHER_PIPELINE
  }

  /**
   * What was found out.
   *
   * @param reason why it is open, or whose it is; empty for what is indexed or unknown
   * @param seen whether the run of this check has seen it
   */
  public record Verdict(State state, String reason, boolean seen) {

    private static final Verdict INDEXED = new Verdict(State.INDEXED, "", false);
    private static final Verdict UNKNOWN = new Verdict(State.UNKNOWN, "", false);
  }

  private DeadLetterCheck(LedgerSettings settings, List<String> otherPipelines) {
    this.settings = settings;
    this.otherPipelines = otherPipelines;
  }

  /** A check in the ledger of a run. */
  public static DeadLetterCheck of(Connection connection, LedgerSettings settings)
      throws SQLException {
    List<String> others = new ArrayList<>();
    // The names as they are stored, where DISTINCT and GROUP BY may give them in upper case (IRIS).
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

  /** Checks dead letters, in their order, with few queries for all of them. */
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
      return of(document);
    }
    for (LedgerRow atPlace : byPlace.getOrDefault(place(settings.pipeline(), letter), List.of())) {
      return of(atPlace);
    }
    for (String other : otherPipelines) {
      if (byPlace.containsKey(place(other, letter))) {
        return otherPipeline(other);
      }
    }
    // What was rejected because its id is another pipeline's was ours to begin with.
    return document == null || Ledger.OTHER_PIPELINE.equals(letter.code())
        ? Verdict.UNKNOWN
        : otherPipeline(document.pipeline());
  }

  /** A document may have moved, and something else may be wrong now where it was. */
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
