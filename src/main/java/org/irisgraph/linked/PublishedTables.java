package org.irisgraph.linked;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.irisgraph.graphrag.GraphSchemaTables;
import org.irisgraph.graphrag.LinkedTables;
import org.irisgraph.jdbc.Dialect;
import org.irisgraph.linked.PublishedChanges.Change;
import org.jspecify.annotations.Nullable;

/**
 * The tables of iris-vector-graph, as the database has them.
 *
 * @param texts may be missing
 * @param vectors may be missing
 */
record PublishedTables(
    PublishedTable nodes,
    PublishedTable labels,
    PublishedTable properties,
    PublishedTable edges,
    PublishedTable texts,
    PublishedVectors vectors) {

  static PublishedTables lookUp(
      Connection connection, GraphSchemaTables names, LinkedTables linked, Dialect dialect)
      throws SQLException {
    return new PublishedTables(
        PublishedTable.lookUp(connection, dialect, names.nodes(), List.of("node_id"), null),
        PublishedTable.lookUp(connection, dialect, names.labels(), List.of("s", "label"), null),
        PublishedTable.lookUp(connection, dialect, names.properties(), List.of("s", "key"), "val"),
        PublishedTable.lookUp(
            connection, dialect, names.edges(), List.of("s", "p", "o_id"), "qualifiers"),
        PublishedTable.lookUp(connection, dialect, names.documents(), List.of("id"), "text"),
        PublishedVectors.lookUp(connection, names, linked, dialect));
  }

  /** The stored rows of subjects: values by id of the subject and name of the row. */
  Map<String, Map<String, @Nullable String>> stored(
      Connection connection, Collection<PublishedSubject> subjects) throws SQLException {
    Map<String, Map<String, @Nullable String>> stored = new HashMap<>();
    Map<String, String> idOfDocument = new HashMap<>();
    for (PublishedSubject subject : subjects) {
      stored.put(subject.id(), new HashMap<>());
      if (subject.document() != null) {
        idOfDocument.put(subject.document(), subject.id());
      }
    }
    Set<String> ids = new TreeSet<>(stored.keySet());
    nodes
        .select(connection, Map.of("node_id", ids))
        .forEach((key, none) -> put(stored, key.get(0), PublishedSubject.NODE, none));
    labels
        .select(connection, Map.of("s", ids))
        .forEach((key, none) -> put(stored, key.get(0), PublishedSubject.LABEL + key.get(1), none));
    properties
        .select(connection, Map.of("s", ids))
        .forEach(
            (key, val) -> put(stored, key.get(0), PublishedSubject.PROPERTY + key.get(1), val));
    texts
        .select(connection, Map.of("id", idOfDocument.keySet()))
        .forEach(
            (key, text) ->
                put(
                    stored,
                    idOfDocument.getOrDefault(key.get(0), ""),
                    PublishedSubject.TEXT,
                    text));
    return stored;
  }

  private static void put(
      Map<String, Map<String, @Nullable String>> stored,
      String id,
      String row,
      @Nullable String value) {
    // A collation may take other ids for equal.
    Map<String, @Nullable String> rows = stored.get(id);
    if (rows != null) {
      rows.put(row, value);
    }
  }

  private PublishedTable tableOf(String row) {
    return switch (row.charAt(0)) {
      case 'n' -> nodes;
      case 'l' -> labels;
      case 'p' -> properties;
      default -> texts;
    };
  }

  private static List<String> keyOf(PublishedSubject subject, String row) {
    if (row.equals(PublishedSubject.TEXT)) {
      return List.of(subject.document() == null ? subject.id() : subject.document());
    }
    return row.equals(PublishedSubject.NODE)
        ? List.of(subject.id())
        : List.of(subject.id(), row.substring(2));
  }

  /** Whether the database can hold a row. */
  boolean holds(PublishedSubject subject, String row) {
    return tableOf(row).fits(keyOf(subject, row));
  }

  /** A value as its column can hold it. */
  @Nullable String fitting(String row, @Nullable String value) {
    return value == null ? null : tableOf(row).fitting(value);
  }

  Change insert(PublishedSubject subject, String row, @Nullable String value) {
    return tableOf(row).insert(keyOf(subject, row), value);
  }

  Change update(PublishedSubject subject, String row, @Nullable String value) {
    return tableOf(row).update(keyOf(subject, row), value);
  }

  Change delete(PublishedSubject subject, String row) {
    return tableOf(row).delete(keyOf(subject, row));
  }

  /** The edges from or to some nodes. */
  Set<List<String>> edgesOf(Connection connection, Collection<String> ids) throws SQLException {
    Set<List<String>> all = new HashSet<>();
    for (String end : List.of("s", "o_id")) {
      all.addAll(edges.select(connection, Map.of(end, ids)).keySet());
    }
    return all;
  }
}
