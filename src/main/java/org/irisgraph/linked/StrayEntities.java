package org.irisgraph.linked;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.irisgraph.graphrag.GraphTables;
import org.irisgraph.graphrag.LinkedTables;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.StreamedRows;

/**
 * Entities that still have a node, though a run without linking has replaced or deleted their
 * documents.
 */
final class StrayEntities {

  private StrayEntities() {}

  /**
   * Removes their nodes.
   *
   * @param batchRows the most rows that a statement deletes
   */
  static void remove(Connection connection, GraphTables tables, LinkedTables linked, int batchRows)
      throws SQLException {
    List<String> strays = new ArrayList<>();
    StreamedRows.forEach(
        connection,
        """
        SELECT n.entity_id FROM %s n
        LEFT JOIN %s e ON e.entity_id = n.entity_id
        LEFT JOIN %s d ON d.doc_id = n.document_id
        WHERE e.entity_id IS NULL OR d.doc_id IS NULL"""
            .formatted(linked.entityNodes(), tables.entities(), tables.documents()),
        List.of(),
        row -> strays.add(row.getString(1)));
    for (int i = 0; i < strays.size(); i += batchRows) {
      KeyedRows.delete(
          connection,
          linked.entityNodes(),
          "entity_id",
          strays.subList(i, Math.min(strays.size(), i + batchRows)));
    }
  }
}
