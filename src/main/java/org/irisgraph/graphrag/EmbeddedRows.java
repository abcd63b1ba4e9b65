package org.irisgraph.graphrag;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.irisgraph.graph.PassageIds;
import org.irisgraph.graph.Relationship;
import org.irisgraph.jdbc.Dialect;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.Row;
import org.irisgraph.jdbc.VectorColumn;

/** Stored rows that have vectors of what they say. */
public final class EmbeddedRows {

  /** What rows say, by their ids; rows that say nothing are left out. */
  @FunctionalInterface
  private interface Texts {
    Map<String, String> of(Connection connection, List<Row> rows) throws SQLException;
  }

  private final String name;
  private final String table;
  private final List<String> columns;
  private final VectorColumn vectors;
  private final Texts texts;

  private EmbeddedRows(
      String name, String table, List<String> columns, VectorColumn vectors, Texts texts) {
    this.name = name;
    this.table = table;
    this.columns = columns;
    this.vectors = vectors;
    this.texts = texts;
  }

  /** The rows of all columns, documents first. */
  public static List<EmbeddedRows> of(GraphTables tables, GraphVectors vectors) {
    List<EmbeddedRows> all = new ArrayList<>();
    all.add(documents(tables, vectors.texts()));
    if (vectors.entities() != null) {
      all.add(entities(tables, vectors.entities()));
    }
    if (vectors.relationships() != null) {
      all.add(relationships(tables, vectors.relationships()));
    }
    return all;
  }

  /** Texts, but not those that have passages, which have vectors of their own. */
  static EmbeddedRows documents(GraphTables tables, VectorColumn vectors) {
    return new EmbeddedRows(
        "texts",
        tables.documents(),
        List.of("doc_id", "text_content"),
        vectors,
        (connection, rows) -> {
          Map<String, String> texts = secondColumn(rows);
          texts.keySet().removeAll(divided(connection, tables.documents(), texts.keySet()));
          return texts;
        });
  }

  /** The names of entities. */
  static EmbeddedRows entities(GraphTables tables, VectorColumn vectors) {
    return new EmbeddedRows(
        "entities",
        tables.entities(),
        List.of("entity_id", "entity_name"),
        vectors,
        (connection, rows) -> secondColumn(rows));
  }

  /** What relationships say, but for those that link the entities of a node. */
  static EmbeddedRows relationships(GraphTables tables, VectorColumn vectors) {
    return new EmbeddedRows(
        "relationships",
        tables.relationships(),
        List.of("relationship_id", "relationship_type", "source_entity_id", "target_entity_id"),
        vectors,
        (connection, rows) -> statements(connection, tables.entities(), rows));
  }

  /** What the rows are, in the plural. */
  public String name() {
    return name;
  }

  /**
   * Reads rows, in the order of their ids.
   *
   * @param after the id before the first
   * @param all whether rows that have a vector are read, too
   */
  List<Row> after(Connection connection, Dialect dialect, String after, boolean all, int most)
      throws SQLException {
    String missing = all ? "" : " AND %s IS NULL".formatted(vectors.name());
    return KeyedRows.firstWhere(
        connection,
        dialect,
        table,
        columns,
        "%s > ?%s ORDER BY %s".formatted(id(), missing, id()),
        List.of(after),
        most);
  }

  /** What rows say now. */
  Map<String, String> texts(Connection connection, List<Row> rows) throws SQLException {
    return texts.of(connection, rows);
  }

  /** Reads the rows of these ids. */
  List<Row> rows(Connection connection, Set<String> ids) throws SQLException {
    return KeyedRows.select(connection, table, columns, id(), ids);
  }

  /** The statement that stores a vector; its parameters are the vector and the id. */
  String update() {
    return "UPDATE %s SET %s = %s WHERE %s = ?"
        .formatted(table, vectors.name(), vectors.marker(), id());
  }

  VectorColumn vectors() {
    return vectors;
  }

  private String id() {
    return columns.get(0);
  }

  private static Map<String, String> secondColumn(List<Row> rows) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Row row : rows) {
      String text = (String) row.get(1);
      if (text != null && !text.isBlank()) {
        texts.put(row.text(0), text);
      }
    }
    return texts;
  }

  /** Those of the documents that have passages. */
  private static Set<String> divided(Connection connection, String table, Set<String> documents)
      throws SQLException {
    Map<String, String> byFirstPassage = new HashMap<>();
    documents.forEach(document -> byFirstPassage.put(PassageIds.of(document, 0), document));
    return KeyedRows.select(connection, table, List.of("doc_id"), "doc_id", byFirstPassage.keySet())
        .stream()
        .map(row -> byFirstPassage.get(row.text(0)))
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }

  private static Map<String, String> statements(
      Connection connection, String entities, List<Row> rows) throws SQLException {
    Set<String> ends = new TreeSet<>();
    for (Row row : rows) {
      Stream.of(row.get(2), row.get(3))
          .filter(Objects::nonNull)
          .forEach(end -> ends.add((String) end));
    }
    Map<String, String> names =
        secondColumn(
            KeyedRows.select(
                connection, entities, List.of("entity_id", "entity_name"), "entity_id", ends));
    Map<String, String> statements = new LinkedHashMap<>();
    for (Row row : rows) {
      String source = names.get(String.valueOf(row.get(2)));
      String target = names.get(String.valueOf(row.get(3)));
      if (row.get(1) != null
          && !row.get(1).equals(SameAs.TYPE)
          && source != null
          && target != null) {
        statements.put(row.text(0), Relationship.statement(row.text(1), source, target));
      }
    }
    return statements;
  }
}
