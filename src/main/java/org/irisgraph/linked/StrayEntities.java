package org.irisgraph.linked;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.irisgraph.graphrag.GraphTables;
import org.irisgraph.graphrag.LinkedTables;
import org.irisgraph.jdbc.KeyComparison;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.LocalTransaction;
import org.irisgraph.jdbc.Row;
import org.irisgraph.jdbc.StreamedRows;

/**
 * Entities that still have a node, though a run without linking has replaced or deleted their
 * documents.
 */
final class StrayEntities {

  private StrayEntities() {}

  private record Stray(String entity, String document) {}

  /**
   * Removes their nodes.
   *
   * @param batchRows the most rows that a transaction deletes
   */
  static void remove(Connection connection, GraphTables tables, LinkedTables linked, int batchRows)
      throws SQLException {
    List<Stray> strays = new ArrayList<>();
    StreamedRows.forEach(
        connection,
        """
        SELECT n.entity_id, n.document_id FROM %s n
        LEFT JOIN %s e ON e.entity_id = n.entity_id
        LEFT JOIN %s d ON d.doc_id = n.document_id
        WHERE e.entity_id IS NULL OR d.doc_id IS NULL"""
            .formatted(linked.entityNodes(), tables.entities(), tables.documents()),
        List.of(),
        row -> strays.add(new Stray(row.getString(1), row.getString(2))));
    for (int i = 0; i < strays.size(); i += batchRows) {
      List<Stray> some = strays.subList(i, Math.min(strays.size(), i + batchRows));
      LocalTransaction.run(
          connection,
          open -> {
            hold(open, linked, some);
            KeyedRows.delete(open, linked.entityNodes(), "entity_id", still(open, tables, some));
            return some.size();
          });
    }
  }

  /** A run that stores such a document again has then done so, or waits until they are gone. */
  private static void hold(Connection connection, LinkedTables linked, List<Stray> strays)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "UPDATE %s SET document_id = ? WHERE entity_id = ? AND document_id = ?"
                .formatted(linked.entityNodes()))) {
      for (Stray stray : strays) {
        KeyedRows.bind(statement, stray.document(), stray.entity(), stray.document());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private static List<String> still(Connection connection, GraphTables tables, List<Stray> strays)
      throws SQLException {
    Set<String> entities =
        known(
            connection,
            tables.entities(),
            "entity_id",
            strays.stream().map(Stray::entity).toList());
    Set<String> documents =
        known(
            connection,
            tables.documents(),
            "doc_id",
            strays.stream().map(Stray::document).toList());
    return strays.stream()
        .filter(
            stray ->
                !entities.contains(KeyComparison.fold(stray.entity()))
                    || !documents.contains(KeyComparison.fold(stray.document())))
        .map(Stray::entity)
        .toList();
  }

  private static Set<String> known(
      Connection connection, String table, String column, List<String> keys) throws SQLException {
    Set<String> known = new HashSet<>();
    for (Row row : KeyedRows.select(connection, table, List.of(column), column, keys)) {
      known.add(KeyComparison.fold(row.text(0)));
    }
    return known;
  }
}
