package org.irisgraph.linked;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.Row;
import org.jspecify.annotations.Nullable;

/** An entity of a document, and its node. */
record LinkedEntity(
    String id, String node, String document, @Nullable String concept, long mentions) {

  private static final List<String> COLUMNS =
      List.of("entity_id", "node_key", "document_id", "concept", "mentions");

  /**
   * Reads entities by their ids, and orders them by these.
   *
   * <p>What belongs to entities is read in this order. The ids of a document begin alike, so that
   * its rows and index entries are neighbours: each page of an index is read once. In the order of
   * nodes, each row was on a page of its own. Linking 19,200 documents in H2 took 330 s.
   */
  record Table(String name, Comparator<String> keyOrder) {

    SortedMap<String, LinkedEntity> ofNodes(Connection connection, List<NodeRange> ranges)
        throws SQLException {
      List<Row> rows = new ArrayList<>();
      for (NodeRange range : ranges) {
        rows.addAll(
            KeyedRows.selectWhere(
                connection, name, COLUMNS, range.on("node_key"), range.parameters()));
      }
      return byId(rows);
    }

    SortedMap<String, LinkedEntity> withIds(Connection connection, Collection<String> ids)
        throws SQLException {
      return byId(KeyedRows.select(connection, name, COLUMNS, "entity_id", ids));
    }

    private SortedMap<String, LinkedEntity> byId(List<Row> rows) {
      SortedMap<String, LinkedEntity> entities = new TreeMap<>(keyOrder);
      for (Row row : rows) {
        entities.put(
            row.text(0),
            new LinkedEntity(
                row.text(0), row.text(1), row.text(2), (String) row.get(3), mentions(row)));
      }
      return entities;
    }

    private static long mentions(Row row) {
      return row.get(4) == null ? 0 : row.number(4);
    }
  }
}
