package org.irisgraph.linked;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.irisgraph.graph.ContentHash;
import org.irisgraph.graph.Embedding;
import org.irisgraph.graphrag.GraphSchemaTables;
import org.irisgraph.graphrag.LinkedTables;
import org.irisgraph.jdbc.Dialect;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.Row;
import org.irisgraph.jdbc.TableShape;
import org.irisgraph.jdbc.VectorColumn;
import org.irisgraph.linked.PublishedChanges.Change;
import org.irisgraph.linked.PublishedChanges.Stage;
import org.jspecify.annotations.Nullable;

/**
 * The tables of vectors of nodes, and the records of the vectors in them that are ours. A vector is
 * deleted, and its record with it, in the transaction that changes the name of its node: a node
 * without a record waits for its vector.
 */
final class PublishedVectors {

  private static final List<String> COLUMNS =
      List.of("record_key", "graph_schema", "node_id", "name_hash", "model_hash", "vector_tables");

  private static final String SEPARATOR = " ";

  private final List<Table> tables;
  private final @Nullable String records;
  private final String schema;
  private final Dialect dialect;

  private PublishedVectors(
      List<Table> tables, @Nullable String records, String schema, Dialect dialect) {
    this.tables = tables;
    this.records = records;
    this.schema = schema;
    this.dialect = dialect;
  }

  /**
   * A table of vectors.
   *
   * @param key the column with the id of the node
   * @param column null if the table takes no vectors
   */
  private record Table(PublishedTable rows, String key, @Nullable VectorColumn column) {

    String name() {
      return rows.name().substring(rows.name().indexOf('.') + 1);
    }
  }

  /**
   * Which vectors of a node are ours.
   *
   * @param nameHash of the name that they were computed from
   * @param tables without their schema
   */
  private record Ours(String nameHash, Set<String> tables) {}

  static PublishedVectors lookUp(
      Connection connection, GraphSchemaTables names, LinkedTables linked, Dialect dialect)
      throws SQLException {
    List<Table> tables = new ArrayList<>();
    for (String name : names.vectors()) {
      TableShape shape = TableShape.lookUp(connection, name);
      if (shape.exists()) {
        // In 2.x the key is the node; later it is a number.
        String key = shape.has("node_id") ? "node_id" : "id";
        tables.add(
            new Table(
                PublishedTable.lookUp(connection, dialect, name, List.of(key), null),
                key,
                dialect.vectorColumn(connection, name, GraphSchemaTables.VECTOR).orElse(null)));
      }
    }
    String records = linked.publishedVectors();
    return new PublishedVectors(
        tables,
        TableShape.lookUp(connection, records).exists() ? records : null,
        names.schema().toUpperCase(Locale.ROOT),
        dialect);
  }

  /** The tables that take vectors, without their schema. */
  List<String> names() {
    return tables.stream().filter(table -> table.column() != null).map(Table::name).toList();
  }

  /** What is stored for some nodes. */
  Stored stored(Connection connection, Collection<String> ids) throws SQLException {
    Map<String, Set<String>> rows = new LinkedHashMap<>();
    for (Table table : tables) {
      Set<String> found = new TreeSet<>();
      table
          .rows()
          .select(connection, Map.of(table.key(), ids))
          .keySet()
          .forEach(key -> found.add(key.get(0)));
      rows.put(table.name(), found);
    }
    Map<String, Ours> ours = new TreeMap<>(dialect.keyOrder());
    if (records != null) {
      for (Row row : KeyedRows.select(connection, records, COLUMNS, "node_id", ids)) {
        if (row.text(1).equals(schema)) {
          String in = (String) row.get(5);
          ours.put(
              row.text(2),
              new Ours(
                  row.text(3),
                  in == null ? Set.of() : new TreeSet<>(Arrays.asList(in.split(SEPARATOR, -1)))));
        }
      }
    }
    return new Stored(rows, ours);
  }

  /** The vectors of some nodes that are stored, and which of them are ours. */
  final class Stored {
    private final Map<String, Set<String>> rows;
    private final Map<String, Ours> ours;

    private Stored(Map<String, Set<String>> rows, Map<String, Ours> ours) {
      this.rows = rows;
      this.ours = ours;
    }

    private boolean isStored(String table, String id) {
      return rows.getOrDefault(table, Set.of()).contains(id);
    }

    private boolean isOurs(String table, String id) {
      Ours record = ours.get(id);
      return record != null && record.tables().contains(table);
    }

    /** Whether others have stored a vector of a node. */
    boolean areOfOthers(String id) {
      return tables.stream()
          .anyMatch(table -> isStored(table.name(), id) && !isOurs(table.name(), id));
    }

    /** Whether no table has a place for a vector of ours. */
    boolean areAllOfOthers(String id) {
      return names().stream().allMatch(table -> isStored(table, id) && !isOurs(table, id));
    }

    /** Deletes our vectors of a node that is gone, has another name, or lacks one of them. */
    void deleteUnlessOf(PublishedSubject subject, PublishedChanges.Builder changes) {
      String id = subject.id();
      Ours record = ours.get(id);
      if (record == null || records == null) {
        return;
      }
      String name = subject.rows().get(PublishedSubject.PROPERTY + "name");
      if (name != null
          && record.nameHash().equals(ContentHash.of(name))
          && names().stream().allMatch(table -> isStored(table, id))) {
        return;
      }
      for (Table table : tables) {
        if (isStored(table.name(), id) && isOurs(table.name(), id)) {
          changes.add(Stage.DELETE, table.rows().delete(List.of(id)));
        }
      }
      changes.add(
          Stage.FORGET,
          new Change("DELETE FROM %s WHERE record_key = ?".formatted(records), List.of(key(id))));
    }

    /** Stores a vector of ours wherever others have none; records it first. */
    void store(
        String id,
        String name,
        String modelHash,
        Embedding vector,
        PublishedChanges.Builder changes) {
      Set<String> written = new TreeSet<>();
      for (Table table : tables) {
        VectorColumn column = table.column();
        boolean exists = isStored(table.name(), id);
        if (column == null || (exists && !isOurs(table.name(), id))) {
          continue;
        }
        written.add(table.name());
        changes.add(
            Stage.WRITE,
            exists
                ? table.rows().update(id, column, vector)
                : table.rows().insert(id, column, vector));
      }
      changes.add(
          Stage.RECORD,
          new Change(
              dialect.upsert(Objects.requireNonNull(records), COLUMNS, COLUMNS.subList(0, 1)),
              Arrays.asList(
                  key(id),
                  schema,
                  id,
                  ContentHash.of(name),
                  modelHash,
                  written.isEmpty() ? null : String.join(SEPARATOR, written))));
    }
  }

  private String key(String id) {
    return PublishedRecord.key(schema, id);
  }
}
