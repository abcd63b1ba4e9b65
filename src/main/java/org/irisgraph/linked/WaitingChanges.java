package org.irisgraph.linked;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.irisgraph.graphrag.GraphChangeLog;
import org.irisgraph.graphrag.LinkedTables;
import org.irisgraph.jdbc.Dialect;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.Row;
import org.jspecify.annotations.Nullable;

/** The documents that have changed since nodes and edges were summed up. */
final class WaitingChanges {

  /** The documents of nodes, and their nodes. */
  static final List<String> NODES_OF_DOCUMENTS = List.of("document_id", "node_key");

  /** The most nodes of changed documents that are summed up together, unless one has more. */
  private static final int NODES = 500;

  /** From so many changed documents on it may be cheaper to sum up everything. */
  private static final int FEW = 200;

  /** A change of one document in 50 of 40 entities each. */
  private static final int ENTITIES_PER_CHANGE = 2_000;

  private final LinkedTables tables;
  private final String entities;
  private final Dialect dialect;
  private final int batchRows;

  WaitingChanges(LinkedTables tables, String entities, Dialect dialect, int batchRows) {
    this.tables = tables;
    this.entities = entities;
    this.dialect = dialect;
    this.batchRows = batchRows;
  }

  /** A change of a document, and the nodes that it had before. */
  private record Change(String key, @Nullable String document, Set<String> nodes) {}

  /**
   * Changes that are processed together.
   *
   * @param keys of the changes
   * @param documents which have changed
   * @param nodes which they have or had
   */
  record Group(List<String> keys, Set<String> documents, Set<String> nodes) {}

  /** Whether so much has changed that summing up everything costs less. */
  boolean areMany(Connection connection) throws SQLException {
    if (new GraphChangeLog(tables).isAnyUnrecorded(connection)) {
      return true;
    }
    if (read(connection, FEW + 1).size() <= FEW) {
      return false;
    }
    long most = countEntities(connection) / ENTITIES_PER_CHANGE;
    return most <= FEW || read(connection, Math.toIntExact(most + 1)).size() > most;
  }

  /** Some of the changes, in groups of few nodes; none if there are none. */
  List<Group> next(Connection connection) throws SQLException {
    // Each transaction also changes the rows by which processes take turns.
    int most = batchRows - LinkedTables.TURNS.size();
    List<Change> changes = read(connection, Math.max(1, Math.min(FEW, most)));
    Map<String, Set<String>> nodes = nodesOf(connection, changes);
    List<Group> groups = new ArrayList<>();
    for (Change change : changes) {
      if (change.document() == null) {
        // Not recorded: it waits for the next rebuild.
        continue;
      }
      if (groups.isEmpty() || groups.get(groups.size() - 1).nodes().size() >= NODES) {
        groups.add(
            new Group(
                new ArrayList<>(),
                new TreeSet<>(dialect.keyOrder()),
                new TreeSet<>(dialect.keyOrder())));
      }
      Group group = groups.get(groups.size() - 1);
      group.keys().add(change.key());
      group.documents().add(change.document());
      group.nodes().addAll(change.nodes());
      group.nodes().addAll(nodes.getOrDefault(change.document(), Set.of()));
    }
    return groups;
  }

  /** The keys of all changes. */
  List<String> keys(Connection connection) throws SQLException {
    return read(connection, 0).stream().map(Change::key).toList();
  }

  /** Deletes changes, when their nodes and edges are up to date. */
  void remove(Connection connection, List<String> keys) throws SQLException {
    for (int i = 0; i < keys.size(); i += batchRows) {
      KeyedRows.delete(
          connection,
          tables.changes(),
          "change_key",
          keys.subList(i, Math.min(keys.size(), i + batchRows)));
    }
  }

  /** The nodes that changed documents have now. */
  private Map<String, Set<String>> nodesOf(Connection connection, List<Change> changes)
      throws SQLException {
    Map<String, Set<String>> nodes = new TreeMap<>(dialect.keyOrder());
    for (Row row :
        KeyedRows.select(
            connection,
            tables.entityNodes(),
            NODES_OF_DOCUMENTS,
            "document_id",
            changes.stream().map(Change::document).filter(Objects::nonNull).distinct().toList())) {
      nodes.computeIfAbsent(row.text(0), document -> new LinkedHashSet<>()).add(row.text(1));
    }
    return nodes;
  }

  /** At most so many changes; all if that is 0. */
  private List<Change> read(Connection connection, int most) throws SQLException {
    List<Change> changes = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      statement.setMaxRows(most);
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT change_key, document_id, node_keys FROM %s WHERE %s"
                  .formatted(tables.changes(), LinkedTables.IS_CHANGE))) {
        while (rows.next()) {
          String nodes = rows.getString(3);
          changes.add(
              new Change(
                  rows.getString(1),
                  rows.getString(2),
                  nodes == null
                      ? Set.of()
                      : new LinkedHashSet<>(
                          Arrays.asList(nodes.split(GraphChangeLog.SEPARATOR, -1)))));
        }
      }
    }
    return changes;
  }

  /** Not of their nodes: a run counts them at its start, and IRIS compiles each text. */
  long countEntities(Connection connection) throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement("SELECT COUNT(*) FROM " + entities);
        ResultSet count = statement.executeQuery()) {
      count.next();
      return count.getLong(1);
    }
  }
}
