package org.irisgraph.linked;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.irisgraph.jdbc.KeyedRows;
import org.jspecify.annotations.Nullable;

/**
 * Changes of rows in the tables of iris-vector-graph, in an order that foreign keys allow and that
 * may be interrupted anywhere: a row is recorded as ours before it is stored, and until it is gone.
 *
 * @param written rows that are stored or changed, without the records
 * @param deleted rows that are deleted
 */
record PublishedChanges(List<Change> changes, long written, long deleted) implements Correction {

  /** A change of one row. */
  record Change(String sql, List<@Nullable Object> parameters) {}

  /** What comes first. */
  enum Stage {
    RECORD,
    /** Other rows refer to nodes. */
    WRITE_NODE,
    DELETE,
    WRITE,
    DELETE_NODE,
    FORGET
  }

  /** Collects changes in any order. */
  static final class Builder {
    private final Map<Stage, List<Change>> stages = new EnumMap<>(Stage.class);

    void add(Stage stage, Change change) {
      stages.computeIfAbsent(stage, none -> new ArrayList<>()).add(change);
    }

    PublishedChanges build() {
      List<Change> changes = new ArrayList<>();
      for (List<Change> stage : stages.values()) {
        // Those of one kind make one batch.
        stage.stream().sorted(Comparator.comparing(Change::sql)).forEach(changes::add);
      }
      return new PublishedChanges(
          changes,
          count(Stage.WRITE_NODE) + count(Stage.WRITE),
          count(Stage.DELETE_NODE) + count(Stage.DELETE));
    }

    private long count(Stage stage) {
      return stages.getOrDefault(stage, List.of()).size();
    }
  }

  @Override
  public int size() {
    return changes.size();
  }

  @Override
  public PublishedChanges part(int from, int to) {
    return new PublishedChanges(changes.subList(from, to), written, deleted);
  }

  /** Makes successive changes of one kind in one batch. */
  @Override
  public void apply(Connection connection) throws SQLException {
    int from = 0;
    while (from < changes.size()) {
      String sql = changes.get(from).sql();
      int to = from;
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        while (to < changes.size() && changes.get(to).sql().equals(sql)) {
          KeyedRows.bind(statement, changes.get(to).parameters().toArray());
          statement.addBatch();
          to++;
        }
        statement.executeBatch();
      }
      from = to;
    }
  }
}
