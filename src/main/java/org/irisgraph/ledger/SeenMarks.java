package org.irisgraph.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.irisgraph.graph.Origin;
import org.irisgraph.jdbc.InList;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.Row;

/**
 * Marks documents in the ledger as seen by a run. A run over an unchanged corpus does nothing else,
 * so documents that differ in the run only are marked together: one statement for hundreds costs
 * the server a fraction of one statement each.
 */
final class SeenMarks {

  /** The maximum number of characters of sources in one batch of updates. */
  private static final int MAX_UPDATE_CHARACTERS = 1_000_000;

  /** Smaller groups are marked one by one, in one batch and thus one round trip. */
  private static final int FEWEST_TOGETHER = 10;

  private final LedgerSettings settings;
  private final Timestamp now = new Timestamp(System.currentTimeMillis());

  /** Sets the marks of a run. */
  SeenMarks(LedgerSettings settings) {
    this.settings = settings;
  }

  /**
   * A document to mark.
   *
   * @param number the caller's number of it
   * @param known its ledger row, not yet seen by this run, or seen in an earlier state of its
   *     source
   * @param origin where it was read now
   */
  record Mark(int number, StoredFingerprint known, Origin origin) {

    String key() {
      return known.ledgerKey();
    }

    boolean isInPlace() {
      return known.origin().samePlace(origin);
    }
  }

  /** The values that the documents of one statement have in common. */
  private record Group(String seenRunId, long modifiedMillis) {

    private static final Comparator<Group> ORDER =
        Comparator.comparing(Group::seenRunId).thenComparingLong(Group::modifiedMillis);

    /** The modification time is 0 if it has not changed. */
    static Group of(Mark mark) {
      return new Group(
          mark.known().seenRunId(),
          mark.known().origin().equals(mark.origin()) ? 0 : mark.origin().modifiedMillis());
    }
  }

  /**
   * Sets the marks, except for rows that another worker of this run has marked in the meantime, for
   * this or a later state of the source.
   *
   * @return the numbers of the marked documents
   */
  Set<Integer> set(Connection connection, List<Mark> marks) throws SQLException {
    // Sorted, so that two workers that mark the same documents cannot deadlock.
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
      // Another worker may be marking the same documents at their other place.
      return oneByOne(connection, inOrder);
    }
    Set<Integer> marked = new HashSet<>();
    for (Map.Entry<Group, List<Mark>> entry : groups.entrySet()) {
      List<Mark> group = entry.getValue();
      if (group.size() < FEWEST_TOGETHER) {
        others.addAll(group);
        continue;
      }
      int start = 0;
      for (InList keys : InList.of(group.stream().map(Mark::key).toList())) {
        List<Mark> some = group.subList(start, start + keys.values().size());
        marked.addAll(together(connection, entry.getKey(), some, keys));
        start += some.size();
      }
    }
    if (!others.isEmpty()) {
      others.sort(Comparator.comparing(Mark::key));
      marked.addAll(oneByOne(connection, others));
    }
    return marked;
  }

  private Set<Integer> together(Connection connection, Group group, List<Mark> some, InList keys)
      throws SQLException {
    boolean rewritten = group.modifiedMillis() != 0;
    boolean again = group.seenRunId().equals(settings.runId());
    List<Object> values = new ArrayList<>(List.of(settings.runId(), now));
    if (rewritten) {
      values.add(new Timestamp(group.modifiedMillis()));
    }
    values.add(group.seenRunId());
    values.addAll(keys.parameters());
    if (again) {
      values.add(new Timestamp(group.modifiedMillis()));
    }
    // COALESCE prevents the use of the index of seen_run_id, which has all documents of a run.
    try (PreparedStatement statement =
        connection.prepareStatement(
            "UPDATE %s SET seen_run_id = ?, seen_at = ?%s WHERE COALESCE(seen_run_id, '-') = ? AND ledger_key IN (%s)%s"
                .formatted(
                    settings.table(),
                    rewritten ? ", source_modified = ?" : "",
                    keys.markers(),
                    again ? " AND source_modified < ?" : ""))) {
      KeyedRows.bind(statement, values.toArray());
      int count = statement.executeUpdate();
      return count == some.size()
          ? numbers(some)
          : numbers(stillInPlace(connection, some, keys.values()));
    }
  }

  private static Set<Integer> numbers(List<Mark> marks) {
    Set<Integer> numbers = new HashSet<>();
    marks.forEach(mark -> numbers.add(mark.number()));
    return numbers;
  }

  /** The documents that this run has seen at this place and not at another. */
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

  /** Marks documents in one batch, or in several if their sources are very long. */
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
