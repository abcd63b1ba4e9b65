package org.irisgraph.linked;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
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
  record Change(String sql, List<@Nullable String> parameters) {}

  /** Collects changes in any order. */
  static final class Builder {
    private final List<Change> recorded = new ArrayList<>();
    private final List<Change> nodes = new ArrayList<>();
    private final List<Change> rows = new ArrayList<>();
    private final List<Change> deletedRows = new ArrayList<>();
    private final List<Change> deletedNodes = new ArrayList<>();
    private final List<Change> forgotten = new ArrayList<>();

    /** Before anything is stored. */
    void record(Change change) {
      recorded.add(change);
    }

    /** Before the rows that refer to nodes. */
    void writeNode(Change change) {
      nodes.add(change);
    }

    void write(Change change) {
      rows.add(change);
    }

    void delete(Change change) {
      deletedRows.add(change);
    }

    /** After the rows that refer to nodes. */
    void deleteNode(Change change) {
      deletedNodes.add(change);
    }

    /** After everything is deleted. */
    void forget(Change change) {
      forgotten.add(change);
    }

    PublishedChanges build() {
      return new PublishedChanges(
          Stream.of(recorded, nodes, deletedRows, rows, deletedNodes, forgotten)
              .flatMap(List::stream)
              .toList(),
          (long) nodes.size() + rows.size(),
          (long) deletedNodes.size() + deletedRows.size());
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
        while (to < changes.size() && Objects.equals(changes.get(to).sql(), sql)) {
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
