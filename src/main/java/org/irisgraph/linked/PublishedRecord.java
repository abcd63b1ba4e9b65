package org.irisgraph.linked;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.irisgraph.graph.ContentHash;
import org.irisgraph.graphrag.LinkedTables;
import org.irisgraph.jdbc.Dialect;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.Row;
import org.irisgraph.linked.PublishedChanges.Change;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a node or document are ours, beside those that other applications have stored. Of
 * edges it is their qualifiers that say so.
 *
 * @param nodeId as it is published
 * @param document the document's id, null for a node
 * @param rows their names, as {@link PublishedSubject} has them
 */
record PublishedRecord(String nodeId, @Nullable String document, Set<String> rows) {

  private static final List<String> COLUMNS =
      List.of("record_key", "graph_schema", "node_id", "document_id", "row_keys");
  private static final List<String> READ = COLUMNS.subList(1, COLUMNS.size());

  /** In place of a schema, in the row that marks a complete publication. */
  private static final String COMPLETE = "-";

  private static final String SEPARATOR = "\n";

  /** The records of a schema of iris-vector-graph. */
  static final class Table {
    private final String table;
    private final String schema;
    private final Dialect dialect;

    Table(LinkedTables linked, String graphSchema, Dialect dialect) {
      this.table = linked.published();
      // Names of schemas are not quoted.
      this.schema = graphSchema.toUpperCase(Locale.ROOT);
      this.dialect = dialect;
    }

    /** The records of some nodes, by their ids. */
    Map<String, PublishedRecord> select(Connection connection, Collection<String> ids)
        throws SQLException {
      Map<String, PublishedRecord> records = new TreeMap<>(dialect.keyOrder());
      for (Row row : KeyedRows.select(connection, table, READ, "node_id", ids)) {
        if (row.text(0).equals(schema)) {
          records.put(row.text(1), of(row));
        }
      }
      return records;
    }

    /** The records in a range of their keys. */
    List<PublishedRecord> select(Connection connection, NodeRange range) throws SQLException {
      return KeyedRows.selectWhere(
              connection, table, READ, range.on("record_key"), range.parameters())
          .stream()
          .filter(row -> row.text(0).equals(schema))
          .map(Table::of)
          .toList();
    }

    private static PublishedRecord of(Row row) {
      String rows = (String) row.get(3);
      return new PublishedRecord(
          row.text(1),
          (String) row.get(2),
          rows == null ? Set.of() : new TreeSet<>(Arrays.asList(rows.split(SEPARATOR, -1))));
    }

    Change write(PublishedRecord record) {
      return new Change(
          dialect.upsert(table, COLUMNS, COLUMNS.subList(0, 1)),
          Arrays.asList(
              key(schema, record.nodeId),
              schema,
              record.nodeId,
              record.document,
              record.rows.isEmpty() ? null : String.join(SEPARATOR, record.rows)));
    }

    Change delete(PublishedRecord record) {
      return new Change(
          "DELETE FROM %s WHERE record_key = ?".formatted(table),
          List.of(key(schema, record.nodeId)));
    }

    /** Whether everything was published, and has been kept up since. */
    boolean isComplete(Connection connection) throws SQLException {
      return complete(connection, table).stream()
          .anyMatch(row -> row.text(1).equalsIgnoreCase(schema));
    }

    void setComplete(Connection connection) throws SQLException {
      Change complete =
          new Change(
              dialect.upsert(table, COLUMNS, COLUMNS.subList(0, 1)),
              Arrays.asList(key(COMPLETE, schema), COMPLETE, schema, null, null));
      new PublishedChanges(List.of(complete), 0, 0).apply(connection);
    }
  }

  /** The key of what is recorded of a node. */
  static String key(String schema, String nodeId) {
    return ContentHash.of(schema + SEPARATOR + nodeId);
  }

  /** Notes that no schema is kept up, or only one. */
  static void setIncomplete(Connection connection, String table, @Nullable String keptUp)
      throws SQLException {
    KeyedRows.delete(
        connection,
        table,
        "record_key",
        complete(connection, table).stream()
            .filter(row -> !row.text(1).equalsIgnoreCase(keptUp))
            .map(row -> row.text(0))
            .toList());
  }

  /** The keys of the rows that mark complete publications, and their schemas. */
  private static List<Row> complete(Connection connection, String table) throws SQLException {
    return KeyedRows.selectWhere(
        connection, table, List.of("record_key", "node_id"), "graph_schema = ?", List.of(COMPLETE));
  }
}
