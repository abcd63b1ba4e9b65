package org.irisgraph.graphrag;

import java.io.Serializable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.irisgraph.graph.Origin;
import org.irisgraph.iris.KeyedRows;
import org.irisgraph.iris.Row;

/**
 * Finds the documents that need no work: equal content and settings, outcome not incomplete, and
 * the document's row still in its table.
 */
public final class UnchangedDocuments implements Serializable {

  /** The most characters of sources in one execution of updates. */
  private static final int MAX_UPDATE_CHARACTERS = 1_000_000;

  private final LedgerSettings settings;
  private final GraphTables tables;
  private final boolean wherever;

  /** Looks into the ledger of a run. */
  public UnchangedDocuments(LedgerSettings settings, GraphTables tables) {
    this(settings, tables, true);
  }

  private UnchangedDocuments(LedgerSettings settings, GraphTables tables, boolean wherever) {
    this.settings = settings;
    this.tables = tables;
    this.wherever = wherever;
  }

  /**
   * Takes a document for changed if it has moved, for a run that reads a part of the input only:
   * nobody knows there whether its former place still gives it.
   */
  public UnchangedDocuments whereTheyWere() {
    return new UnchangedDocuments(settings, tables, false);
  }

  /** A document to look for. */
  public record Candidate(String documentId, Origin origin, String contentHash) {}

  /** What is to be known of a document; its reasons are not, which may be long. */
  private record Known(
      String pipeline,
      String documentId,
      Origin origin,
      String contentHash,
      String fingerprint,
      Outcome outcome,
      boolean stale,
      String seenRunId) {

    private static final List<String> COLUMNS =
        List.of(
            "ledger_key",
            "pipeline",
            "document_id",
            "source",
            "source_position",
            "content_hash",
            "fingerprint",
            "outcome",
            "stale",
            "seen_run_id");

    /** A database may give back an empty text as null. */
    private static Known of(Row row) {
      return new Known(
          (String) row.get(1),
          (String) row.get(2),
          new Origin(
              Objects.requireNonNullElse((String) row.get(3), ""),
              ((Number) row.get(4)).longValue(),
              0),
          (String) row.get(5),
          (String) row.get(6),
          Outcome.of((String) row.get(7)),
          ((Number) row.get(8)).intValue() != 0,
          (String) row.get(9));
    }
  }

  /**
   * Marks those of the candidates that are unchanged as seen by this run.
   *
   * @param candidates few enough to be held in memory; what is sent is cut into statements of
   *     bounded length
   * @return the places among the candidates that were marked, in the caller's transaction
   */
  public Set<Integer> mark(Connection connection, List<Candidate> candidates) throws SQLException {
    Map<String, Known> known = new HashMap<>();
    List<String> keys = new ArrayList<>();
    List<String> places = new ArrayList<>();
    for (Candidate candidate : candidates) {
      keys.add(settings.documentKey(candidate.documentId()));
      places.add(LedgerKeys.place(settings.pipeline(), candidate.origin()));
    }
    Set<String> looked = new HashSet<>(keys);
    looked.addAll(places);
    for (Row row :
        KeyedRows.select(connection, settings.table(), Known.COLUMNS, "ledger_key", looked)) {
      known.put((String) row.get(0), Known.of(row));
    }
    List<Integer> equal = new ArrayList<>();
    for (int i = 0; i < candidates.size(); i++) {
      Known row = known.get(keys.get(i));
      if (row != null && isUnchanged(row, candidates.get(i))) {
        equal.add(i);
      }
    }
    Set<String> present = presentDocuments(connection, equal, candidates, keys, known);
    Set<Integer> unchanged = new HashSet<>();
    Set<String> claimed = new HashSet<>();
    List<Integer> toMark = new ArrayList<>();
    for (int i : equal) {
      Known row = known.get(keys.get(i));
      if (row.outcome() != Outcome.REJECTED && !present.contains(row.documentId())) {
        continue;
      }
      if (row.seenRunId().equals(settings.runId())) {
        // Seen before, by an attempt at the same bundle that failed later, or at another place.
        if (row.origin().samePlace(candidates.get(i).origin())) {
          unchanged.add(i);
        }
      } else if (claimed.add(keys.get(i))) {
        toMark.add(i);
      }
    }
    unchanged.addAll(markSeen(connection, toMark, candidates, keys, known));
    forgetFailures(connection, unchanged, places, known);
    return unchanged;
  }

  /** A place that failed in an earlier run and now gives a document has nothing to report. */
  private void forgetFailures(
      Connection connection, Set<Integer> unchanged, List<String> places, Map<String, Known> known)
      throws SQLException {
    Set<String> forgotten = new TreeSet<>();
    for (int i : unchanged) {
      if (known.containsKey(places.get(i))) {
        forgotten.add(places.get(i));
      }
    }
    if (!forgotten.isEmpty()) {
      KeyedRows.delete(connection, settings.table(), "ledger_key", forgotten);
    }
  }

  private boolean isUnchanged(Known row, Candidate candidate) {
    return row.pipeline().equals(settings.pipeline())
        && candidate.contentHash().equals(row.contentHash())
        && settings.fingerprint().equals(row.fingerprint())
        && row.outcome() != Outcome.INCOMPLETE
        && !row.stale()
        && (wherever || row.origin().samePlace(candidate.origin()));
  }

  private Set<String> presentDocuments(
      Connection connection,
      List<Integer> equal,
      List<Candidate> candidates,
      List<String> keys,
      Map<String, Known> known)
      throws SQLException {
    Set<String> ids = new HashSet<>();
    for (int i : equal) {
      if (known.get(keys.get(i)).outcome() != Outcome.REJECTED) {
        ids.add(candidates.get(i).documentId());
      }
    }
    Set<String> present = new HashSet<>();
    for (Row row :
        KeyedRows.select(connection, tables.documents(), List.of("doc_id"), "doc_id", ids)) {
      present.add((String) row.get(0));
    }
    return present;
  }

  /**
   * One update for all, but for very long sources; a row that somebody else has claimed in the
   * meantime is not marked.
   */
  private Set<Integer> markSeen(
      Connection connection,
      List<Integer> toMark,
      List<Candidate> candidates,
      List<String> keys,
      Map<String, Known> known)
      throws SQLException {
    Set<Integer> marked = new HashSet<>();
    if (toMark.isEmpty()) {
      return marked;
    }
    toMark.sort((a, b) -> keys.get(a).compareTo(keys.get(b)));
    Timestamp now = new Timestamp(System.currentTimeMillis());
    try (PreparedStatement statement =
        connection.prepareStatement(
            "UPDATE "
                + settings.table()
                + " SET seen_run_id = ?, seen_at = ?, place_key = ?, source = ?,"
                + " source_position = ?, source_modified = ?"
                + " WHERE ledger_key = ? AND seen_run_id = ?")) {
      int from = 0;
      long characters = 0;
      for (int n = 0; n < toMark.size(); n++) {
        int i = toMark.get(n);
        Origin origin = candidates.get(i).origin();
        KeyedRows.bind(
            statement,
            settings.runId(),
            now,
            LedgerKeys.place(settings.pipeline(), origin),
            origin.source(),
            origin.position(),
            new Timestamp(origin.modifiedMillis()),
            keys.get(i),
            known.get(keys.get(i)).seenRunId());
        statement.addBatch();
        characters += origin.source().length();
        if (characters >= MAX_UPDATE_CHARACTERS || n + 1 == toMark.size()) {
          int[] counts = statement.executeBatch();
          for (int k = 0; k < counts.length; k++) {
            if (counts[k] == 1) {
              marked.add(toMark.get(from + k));
            }
          }
          from = n + 1;
          characters = 0;
        }
      }
    }
    return marked;
  }
}
