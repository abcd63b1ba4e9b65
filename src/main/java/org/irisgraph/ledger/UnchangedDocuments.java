package org.irisgraph.ledger;

import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.irisgraph.document.PathId;
import org.irisgraph.graph.Origin;
import org.irisgraph.graphrag.GraphTables;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.Row;
import org.jspecify.annotations.Nullable;

/**
 * Finds unchanged documents: equal content and settings of extraction, outcome not incomplete, and
 * the document's row still in its table.
 */
public final class UnchangedDocuments implements Serializable {

  private final LedgerSettings settings;
  private final GraphTables tables;
  private final Set<Deviation> deviations;

  /** Which documents are judged otherwise than by content, settings and row. */
  private enum Deviation {
    MOVED_ARE_CHANGED,
    ALL_ARE_CHANGED,
    OUTDATED_VECTORS_ARE_UNCHANGED
  }

  /** Looks up the ledger of a run. */
  public UnchangedDocuments(LedgerSettings settings, GraphTables tables) {
    this(settings, tables, Set.of());
  }

  private UnchangedDocuments(
      LedgerSettings settings, GraphTables tables, Set<Deviation> deviations) {
    this.settings = settings;
    this.tables = tables;
    this.deviations = deviations;
  }

  private UnchangedDocuments with(Deviation deviation) {
    Set<Deviation> more = new HashSet<>(deviations);
    more.add(deviation);
    return new UnchangedDocuments(settings, tables, Set.copyOf(more));
  }

  /**
   * Treats a document as changed if it has moved, for a run that reads a part of the input: its
   * former place, which may still give it, is not read.
   */
  public UnchangedDocuments atSamePlace() {
    return with(Deviation.MOVED_ARE_CHANGED);
  }

  /** Treats every document as changed. */
  public UnchangedDocuments none() {
    return with(Deviation.ALL_ARE_CHANGED);
  }

  /** Treats a document as unchanged if only its vectors are of another model. */
  public UnchangedDocuments withOutdatedVectors() {
    return with(Deviation.OUTDATED_VECTORS_ARE_UNCHANGED);
  }

  /** A document to look for. */
  public record Candidate(String documentId, Origin origin, String contentHash) {

    Candidate withId(String id) {
      return new Candidate(id, origin, contentHash);
    }
  }

  /**
   * The candidates under the ids that their documents have. A document without an id of its own is
   * named by its path below a folder that the settings choose; once it is in the ledger it keeps
   * its id, so that other settings do not index it twice. It gets a new id only if its old one is
   * now the path of another file.
   */
  public List<Candidate> named(Connection connection, List<Candidate> candidates)
      throws SQLException {
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < candidates.size(); i++) {
      Candidate candidate = candidates.get(i);
      if (PathId.isPath(candidate.documentId(), candidate.origin())) {
        places.put(LedgerKeys.place(settings.pipeline(), candidate.origin()), i);
      }
    }
    Map<Integer, Set<String>> known = new HashMap<>();
    for (Row row :
        KeyedRows.select(
            connection,
            settings.table(),
            List.of("place_key", "document_id", "ledger_key"),
            "place_key",
            places.keySet())) {
      Integer place = places.get(row.text(0));
      String id = (String) row.get(1);
      boolean isDocument = !row.text(0).equals(row.text(2));
      if (place != null && id != null && isDocument) {
        known.computeIfAbsent(place, i -> new TreeSet<>()).add(id);
      }
    }
    List<Candidate> named = new ArrayList<>(candidates);
    known.forEach((i, ids) -> named.set(i, named(candidates.get(i), ids)));
    return named;
  }

  private static Candidate named(Candidate candidate, Set<String> known) {
    String current = candidate.documentId();
    return known.contains(current)
        ? candidate
        : known.stream()
            .filter(id -> PathId.isKept(id, current, candidate.origin()))
            .findFirst()
            .map(candidate::withId)
            .orElse(candidate);
  }

  /**
   * Unchanged documents.
   *
   * @param indexes of their candidates
   * @param outdated the indexes of those whose vectors are of another model
   */
  public record Unchanged(Set<Integer> indexes, Set<Integer> outdated) {}

  /**
   * Marks those of the candidates that are unchanged as seen by this run.
   *
   * @return the candidates that were marked, in the caller's transaction
   */
  public Unchanged mark(Connection connection, List<Candidate> candidates) throws SQLException {
    if (deviations.contains(Deviation.ALL_ARE_CHANGED)) {
      return new Unchanged(Set.of(), Set.of());
    }
    LookUp lookUp = lookUp(connection, candidates);
    Set<Integer> unchanged = new HashSet<>();
    Set<String> claimed = new HashSet<>();
    List<SeenMarks.Mark> toMark = new ArrayList<>();
    for (int i : lookUp.unchanged()) {
      if (isOvertaken(lookUp.known().get(lookUp.places().get(i)), candidates.get(i))) {
        // The writer passes it over.
        continue;
      }
      StoredFingerprint row =
          Objects.requireNonNull(
              lookUp.known().get(lookUp.keys().get(i)), "unchanged rows are known");
      boolean seen = row.seenRunId().equals(settings.runId());
      if (seen && !row.origin().isBefore(candidates.get(i).origin())) {
        // Seen before by a failed attempt of the same bundle, or at another place.
        if (row.origin().samePlace(candidates.get(i).origin())) {
          unchanged.add(i);
        }
      } else if (claimed.add(lookUp.keys().get(i))) {
        toMark.add(new SeenMarks.Mark(i, row, candidates.get(i).origin()));
      }
    }
    unchanged.addAll(new SeenMarks(settings).set(connection, toMark));
    forgetFailures(connection, unchanged, lookUp.places(), lookUp.known());
    Set<Integer> outdated = new HashSet<>(unchanged);
    outdated.removeIf(i -> !isOutdated(lookUp.known().get(lookUp.keys().get(i))));
    return new Unchanged(unchanged, outdated);
  }

  /** Whether this run knows that the place fails in a later state of the source. */
  private boolean isOvertaken(@Nullable StoredFingerprint failure, Candidate candidate) {
    return failure != null
        && failure.seenRunId().equals(settings.runId())
        && candidate.origin().isBefore(failure.origin());
  }

  /** The indexes of the candidates that {@link #mark} would mark; writes nothing. */
  public Set<Integer> find(Connection connection, List<Candidate> candidates) throws SQLException {
    return deviations.contains(Deviation.ALL_ARE_CHANGED)
        ? Set.of()
        : new HashSet<>(lookUp(connection, named(connection, candidates)).unchanged());
  }

  /** The ledger rows of candidates, by key, and the indexes of the unchanged candidates. */
  private record LookUp(
      List<String> keys,
      List<String> places,
      Map<String, StoredFingerprint> known,
      List<Integer> unchanged) {}

  private LookUp lookUp(Connection connection, List<Candidate> candidates) throws SQLException {
    Map<String, StoredFingerprint> known = new HashMap<>();
    List<String> keys = new ArrayList<>();
    List<String> places = new ArrayList<>();
    for (Candidate candidate : candidates) {
      keys.add(settings.documentKey(candidate.documentId()));
      places.add(LedgerKeys.place(settings.pipeline(), candidate.origin()));
    }
    Set<String> looked = new HashSet<>(keys);
    looked.addAll(places);
    for (Row row :
        KeyedRows.select(
            connection, settings.table(), StoredFingerprint.COLUMNS, "ledger_key", looked)) {
      StoredFingerprint ledgerRow = StoredFingerprint.of(row);
      known.put(ledgerRow.ledgerKey(), ledgerRow);
    }
    List<Integer> equal = new ArrayList<>();
    for (int i = 0; i < candidates.size(); i++) {
      StoredFingerprint row = known.get(keys.get(i));
      if (row != null && isUnchanged(row, candidates.get(i))) {
        equal.add(i);
      }
    }
    Set<String> present = presentDocuments(connection, equal, candidates, keys, known);
    equal.removeIf(
        i -> {
          StoredFingerprint row = known.get(keys.get(i));
          return row != null
              && row.outcome() != Outcome.REJECTED
              && !present.contains(row.documentId());
        });
    return new LookUp(keys, places, known, equal);
  }

  /** Deletes the failures of places that now give an unchanged document. */
  private void forgetFailures(
      Connection connection,
      Set<Integer> unchanged,
      List<String> places,
      Map<String, StoredFingerprint> known)
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

  private boolean isUnchanged(StoredFingerprint row, Candidate candidate) {
    return row.pipeline().equals(settings.pipeline())
        && candidate.documentId().equals(row.documentId())
        && candidate.contentHash().equals(row.contentHash())
        && isMadeAlike(row)
        && row.outcome() != Outcome.INCOMPLETE
        && !row.stale()
        && (!deviations.contains(Deviation.MOVED_ARE_CHANGED)
            || row.origin().samePlace(candidate.origin()));
  }

  /** A document may have been rejected because of the model that computed its vectors. */
  private boolean isMadeAlike(StoredFingerprint row) {
    return row.outcome() == Outcome.REJECTED
        ? settings.fingerprint().isSame(row.fingerprint())
        : settings.fingerprint().isSameExtraction(row.fingerprint())
            && (deviations.contains(Deviation.OUTDATED_VECTORS_ARE_UNCHANGED) || !isOutdated(row));
  }

  private boolean isOutdated(@Nullable StoredFingerprint row) {
    return row != null && settings.fingerprint().isOutdated(row.fingerprint());
  }

  private Set<String> presentDocuments(
      Connection connection,
      List<Integer> equal,
      List<Candidate> candidates,
      List<String> keys,
      Map<String, StoredFingerprint> known)
      throws SQLException {
    Set<String> ids = new HashSet<>();
    for (int i : equal) {
      StoredFingerprint row = known.get(keys.get(i));
      if (row != null && row.outcome() != Outcome.REJECTED) {
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
}
