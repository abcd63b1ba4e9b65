package org.irisgraph.graphrag;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.irisgraph.graph.Origin;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.Row;

/**
 * The marks in the ledger that say that a run has seen a document. A run over an unchanged corpus
 * does nothing else, so that documents of which the ledger has everything but the run are marked
 * together: one execution for hundreds costs the server a fraction of what one for each costs.
 */
final class SeenMarks {

  /** Documents to one execution, which is the longest IN list. */
  private static final int MOST_TOGETHER = 500;

  /** The most characters of sources in one execution of updates. */
  private static final int MAX_UPDATE_CHARACTERS = 1_000_000;

  /** Fewer are a part of the batch of those that are marked one by one: one round trip for all. */
  private static final int FEWEST_TOGETHER = 10;

  private final LedgerSettings settings;
  private final Timestamp now = new Timestamp(System.currentTimeMillis());

  /** Marks for a run. */
  SeenMarks(LedgerSettings settings) {
    this.settings = settings;
  }

  /**
   * A document to be marked.
   *
   * @param number by which the caller knows it
   * @param known what the ledger says of it, not yet seen by this run, or in an earlier state of
   *     its source
   * @param origin where it was found now
   */
  record Mark(int number, StoredFingerprint known, Origin origin) {

    String key() {
      return known.ledgerKey();
    }

    boolean isInPlace() {
      return known.origin().samePlace(origin);
    }
  }

  /** What documents have in common that one execution can mark: who saw them, in which file. */
  private record Group(String seenRunId, long modifiedMillis) {

    private static final Comparator<Group> ORDER =
        Comparator.comparing(Group::seenRunId).thenComparingLong(Group::modifiedMillis);

    /** The time of modification counts only if it is news. */
    static Group of(Mark mark) {
      return new Group(
          mark.known().seenRunId(),
          mark.known().origin().equals(mark.origin()) ? 0 : mark.origin().modifiedMillis());
    }
  }

  /**
   * Sets the marks; a row that somebody else has claimed in the meantime is not marked: for this
   * run, or, if the run sees a source several times, for this state of the source.
   *
   * @return the numbers of those that are
   */
  Set<Integer> set(Connection connection, List<Mark> marks) throws SQLException {
    // In one order, so that two who mark the same documents do not wait for each other.
    List<Mark> inOrder = new ArrayList<>(marks);
    inOrder.sort(Comparator.comparing(Mark::key));
    Map<Group, List<Mark>> groups = new TreeMap<>(Group.ORDER);
    List<Mark> others = new ArrayList<>();
    for (Mark mark : inOrder) {
      if (mark.isInPlace()) {
        groups.computeIfAbsent(Group.of(mark), ignored -> new ArrayList<>()).add(mark);
      } else {
        others.add(mark);
      }
    }
    if (!others.isEmpty()) {
      // Somebody else may be marking the same documents at their other place.
      return oneByOne(connection, inOrder);
    }
    Set<Integer> marked = new HashSet<>();
    for (Map.Entry<Group, List<Mark>> entry : groups.entrySet()) {
      List<Mark> group = entry.getValue();
      if (group.size() < FEWEST_TOGETHER) {
        others.addAll(group);
        continue;
      }
      for (int start = 0; start < group.size(); start += MOST_TOGETHER) {
        List<Mark> some = group.subList(start, Math.min(group.size(), start + MOST_TOGETHER));
        marked.addAll(together(connection, entry.getKey(), some));
      }
    }
    if (!others.isEmpty()) {
      others.sort(Comparator.comparing(Mark::key));
      marked.addAll(oneByOne(connection, others));
    }
    return marked;
  }

  private Set<Integer> together(Connection connection, Group group, List<Mark> some)
      throws SQLException {
    boolean rewritten = group.modifiedMillis() != 0;
    boolean again = group.seenRunId().equals(settings.runId());
    List<Object> values = new ArrayList<>(List.of(settings.runId(), now));
    if (rewritten) {
      values.add(new Timestamp(group.modifiedMillis()));
    }
    values.add(group.seenRunId());
    List<String> keys = some.stream().map(Mark::key).toList();
    values.addAll(keys);
    if (again) {
      values.add(new Timestamp(group.modifiedMillis()));
    }
    // COALESCE keeps the index of seen_run_id out of it, under which are all documents of a run.
    try (PreparedStatement statement =
        connection.prepareStatement(
            "UPDATE %s SET seen_run_id = ?, seen_at = ?%s WHERE COALESCE(seen_run_id, '-') = ? AND ledger_key IN (%s)%s"
                .formatted(
                    settings.table(),
                    rewritten ? ", source_modified = ?" : "",
                    String.join(", ", Collections.nCopies(keys.size(), "?")),
                    again ? " AND source_modified < ?" : ""))) {
      KeyedRows.bind(statement, values.toArray());
      int count = statement.executeUpdate();
      return count == some.size() ? numbers(some) : numbers(stillInPlace(connection, some, keys));
    }
  }

  private static Set<Integer> numbers(List<Mark> marks) {
    Set<Integer> numbers = new HashSet<>();
    marks.forEach(mark -> numbers.add(mark.number()));
    return numbers;
  }

  /** Those that this run has seen where they were found, and not at another place. */
  private List<Mark> stillInPlace(Connection connection, List<Mark> some, List<String> keys)
      throws SQLException {
    Map<String, StoredFingerprint> known = new HashMap<>();
    for (Row row :
        KeyedRows.select(
            connection, settings.table(), StoredFingerprint.COLUMNS, "ledger_key", keys)) {
      StoredFingerprint document = StoredFingerprint.of(row);
      known.put(document.ledgerKey(), document);
    }
    return some.stream()
        .filter(
            mark -> {
              StoredFingerprint document = known.get(mark.key());
              return document != null
                  && document.seenRunId().equals(settings.runId())
                  && document.origin().samePlace(mark.origin());
            })
        .toList();
  }

  /** In one execution, but for very long sources. */
  private Set<Integer> oneByOne(Connection connection, List<Mark> marks) throws SQLException {
    Set<Integer> marked = new HashSet<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "UPDATE "
                + settings.table()
                + " SET seen_run_id = ?, seen_at = ?, place_key = ?, source = ?,"
                + " source_position = ?, source_modified = ?"
                + " WHERE ledger_key = ? AND seen_run_id = ?"
                + " AND (seen_run_id <> ? OR source_modified < ?)")) {
      int from = 0;
      long characters = 0;
      for (int n = 0; n < marks.size(); n++) {
        Mark mark = marks.get(n);
        Origin origin = mark.origin();
        KeyedRows.bind(
            statement,
            settings.runId(),
            now,
            LedgerKeys.place(settings.pipeline(), origin),
            origin.source(),
            origin.position(),
            new Timestamp(origin.modifiedMillis()),
            mark.key(),
            mark.known().seenRunId(),
            settings.runId(),
            new Timestamp(origin.modifiedMillis()));
        statement.addBatch();
        characters += origin.source().length();
        if (characters >= MAX_UPDATE_CHARACTERS || n + 1 == marks.size()) {
          int[] counts = statement.executeBatch();
          for (int k = 0; k < counts.length; k++) {
            if (counts[k] == 1) {
              marked.add(marks.get(from + k).number());
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
