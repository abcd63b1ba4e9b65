package org.irisgraph.linked;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.irisgraph.graph.GraphIds;
import org.irisgraph.graphrag.GraphTables;
import org.irisgraph.graphrag.LinkedTables;
import org.irisgraph.graphrag.SameAs;
import org.irisgraph.jdbc.Dialect;
import org.irisgraph.jdbc.InList;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.Row;

/**
 * The relationships of type {@code same_as} between the entities of a node, so that a traversal
 * along relationships gets from one document to another: all pairs of entities of different
 * documents or, if the node is in many documents, the pairs of the entity with the smallest id.
 */
final class SameAsRows {

  /** In so many documents all pairs are linked: at most 28 of one entity in each document. */
  static final int PAIRED_DOCUMENTS = 8;

  private final GraphTables tables;
  private final LinkedTables linked;

  /** The columns that the table has, first {@link SameAs#COLUMNS}. */
  private final List<String> columns;

  private final StoredRows rows;

  SameAsRows(GraphTables tables, LinkedTables linked, Dialect dialect, List<String> columns) {
    this.tables = tables;
    this.linked = linked;
    this.columns = columns;
    this.rows = new StoredRows(dialect, tables.relationships(), columns);
  }

  /**
   * What is to be done so that these nodes have the right rows, and so that none leads from an
   * entity that these documents no longer have: another process may have stored it while the entity
   * was deleted.
   *
   * @param links what {@link #addTo} has found for the entities of these nodes
   */
  StoredRows.Difference difference(
      Connection connection,
      Collection<NodeTotals> nodes,
      Map<String, Boolean> links,
      Collection<String> changed)
      throws SQLException {
    Map<String, Boolean> stored = new TreeMap<>(links);
    if (columns.contains("source_document")) {
      for (InList list : InList.of(changed)) {
        strays(connection, "r.source_document IN (" + list.markers() + ") AND ", list.parameters())
            .forEach(key -> stored.put(key, false));
      }
    }
    List<Row> written = new ArrayList<>();
    if (tables.hasSameAs()) {
      for (NodeTotals node : nodes) {
        forEachPair(
            node,
            (source, target) -> {
              Row row = row(source, target);
              if (!Boolean.TRUE.equals(stored.remove(row.text(0)))) {
                written.add(row);
              }
            });
      }
    }
    // In the order of all writers, so that none waits for another that waits for it.
    written.sort(Comparator.comparing(row -> row.text(0)));
    return new StoredRows.Difference(rows, written, List.copyOf(stored.keySet()));
  }

  private static void forEachPair(NodeTotals node, BiConsumer<LinkedEntity, LinkedEntity> pairs) {
    Comparator<LinkedEntity> byId = Comparator.comparing(LinkedEntity::id);
    List<LinkedEntity> sources =
        node.documents() <= PAIRED_DOCUMENTS
            ? node.entities()
            : List.of(Collections.min(node.entities(), byId));
    for (LinkedEntity source : sources) {
      for (LinkedEntity target : node.entities()) {
        if (byId.compare(source, target) < 0 && !source.document().equals(target.document())) {
          pairs.accept(source, target);
        }
      }
    }
  }

  private Row row(LinkedEntity source, LinkedEntity target) {
    Object[] values = new Object[columns.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (columns.get(i)) {
            case "relationship_id" ->
                GraphIds.relationship(source.document(), source.id(), target.id(), SameAs.TYPE);
            case "source_entity_id" -> source.id();
            case "target_entity_id" -> target.id();
            case "relationship_type" -> SameAs.TYPE;
            case "source_document" -> source.document();
            default -> 1.0;
          };
    }
    return Row.of(values);
  }

  /**
   * Adds the keys of links, and whether their other columns have the right values. All rows of a
   * node are among those that lead from its entities, and so are those of its entities that had
   * another node: a row whose first entity is gone was deleted with it.
   */
  DocumentRows.Reader addTo(Map<String, Boolean> links) {
    return (row, source) -> {
      if (SameAs.isLink(row)) {
        links.put(row.text(0), isRight(row, source));
      }
    };
  }

  private boolean isRight(Row row, LinkedEntity source) {
    for (int i = SameAs.COLUMNS.size(); i < columns.size(); i++) {
      Object value = row.get(i);
      boolean right =
          columns.get(i).equals("source_document")
              ? source.document().equals(value)
              : value instanceof Number number && number.doubleValue() == 1;
      if (!right) {
        return false;
      }
    }
    return true;
  }

  /** The rows that lead from entities that no document has any more. */
  StoredRows.Difference strays(Connection connection) throws SQLException {
    return new StoredRows.Difference(rows, List.of(), strays(connection, "", List.of()));
  }

  private List<String> strays(Connection connection, String condition, List<String> values)
      throws SQLException {
    List<String> parameters = new ArrayList<>(values);
    parameters.add(SameAs.TYPE);
    List<String> strays = new ArrayList<>();
    for (Row row :
        KeyedRows.selectWhere(
            connection,
            "%s r LEFT JOIN %s n ON n.entity_id = r.source_entity_id"
                .formatted(tables.relationships(), linked.entityNodes()),
            SameAs.COLUMNS.stream().map("r."::concat).toList(),
            condition + "r.relationship_type = ? AND n.entity_id IS NULL",
            parameters)) {
      if (SameAs.isLink(row)) {
        strays.add(row.text(0));
      }
    }
    return strays;
  }

  /** Whether there are rows to keep up: if none are wanted, those of earlier settings. */
  boolean isKeptUp(Connection connection) throws SQLException {
    return tables.hasSameAs() || areStored(connection);
  }

  /** Whether there is any row of their type. */
  boolean areStored(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT relationship_id FROM %s WHERE relationship_type = ?"
                .formatted(tables.relationships()))) {
      statement.setMaxRows(1);
      statement.setString(1, SameAs.TYPE);
      try (ResultSet any = statement.executeQuery()) {
        return any.next();
      }
    }
  }
}
