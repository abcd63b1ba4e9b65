package org.irisgraph.graphrag;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.irisgraph.graph.Embedding;
import org.irisgraph.graph.PassageIds;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.LocalTransaction;
import org.irisgraph.jdbc.Row;
import org.irisgraph.jdbc.VectorColumn;

/**
 * Reads stored texts without a vector in portions, and stores the vectors of each. Those of a
 * portion that is committed are no longer missing. A text that has passages gets none, since they
 * have vectors of their own.
 */
public final class MissingVectors {

  /** The most texts that are held at a time. */
  private static final int PORTION = 200;

  private final GraphTables tables;
  private final VectorColumn column;
  private final boolean all;
  private final int portion;

  /**
   * @param batchRows the most rows that a transaction changes
   * @param all whether vectors that exist are computed again
   */
  public MissingVectors(GraphTables tables, VectorColumn column, int batchRows, boolean all) {
    this.tables = tables;
    this.column = column;
    this.portion = Math.min(PORTION, batchRows);
    this.all = all;
  }

  /**
   * Some texts.
   *
   * @param texts by the ids of their documents; those that are blank are left out
   * @param last the id of the last document, also of those left out; empty after the last portion
   */
  public record Portion(Map<String, String> texts, String last) {}

  /**
   * Reads the next portion.
   *
   * @param after the last id of the portion before, a blank for the first
   */
  public Portion next(Connection connection, String after) throws SQLException {
    List<Row> rows = rows(connection, after);
    Map<String, String> texts = texts(rows);
    texts.keySet().removeAll(divided(connection, texts.keySet()));
    return new Portion(texts, rows.isEmpty() ? "" : rows.get(rows.size() - 1).text(0));
  }

  /**
   * Stores vectors beside the texts that they were computed from, in a transaction.
   *
   * @param vectors by the ids of documents of the portion
   * @return false, with nothing stored, if a text has changed since it was read
   */
  public boolean store(Connection connection, Portion portion, Map<String, Embedding> vectors)
      throws SQLException {
    List<Row> rows = new ArrayList<>();
    vectors.forEach((id, vector) -> rows.add(Row.of(column.value(vector), id)));
    return LocalTransaction.run(connection, ignored -> store(connection, rows, portion.texts()));
  }

  private List<Row> rows(Connection connection, String after) throws SQLException {
    return KeyedRows.firstWhere(
        connection,
        tables.documents(),
        List.of("doc_id", "text_content"),
        "doc_id > ?%s ORDER BY doc_id"
            .formatted(all ? "" : " AND %s IS NULL".formatted(column.name())),
        List.of(after),
        portion);
  }

  /** Those of the documents that have passages. */
  private Set<String> divided(Connection connection, Set<String> documents) throws SQLException {
    Map<String, String> byFirstPassage = new HashMap<>();
    documents.forEach(document -> byFirstPassage.put(PassageIds.of(document, 0), document));
    return KeyedRows.select(
            connection, tables.documents(), List.of("doc_id"), "doc_id", byFirstPassage.keySet())
        .stream()
        .map(row -> byFirstPassage.get(row.text(0)))
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }

  private static Map<String, String> texts(List<Row> rows) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Row row : rows) {
      String text = (String) row.get(1);
      if (text != null && !text.isBlank()) {
        texts.put(row.text(0), text);
      }
    }
    return texts;
  }

  private boolean store(Connection connection, List<Row> vectors, Map<String, String> texts)
      throws SQLException {
    if (vectors.isEmpty()) {
      return true;
    }
    try (PreparedStatement statement =
        connection.prepareStatement(
            "UPDATE %s SET %s = %s WHERE doc_id = ?"
                .formatted(tables.documents(), column.name(), column.marker()))) {
      for (Row vector : vectors) {
        KeyedRows.bind(statement, vector.get(0), vector.get(1));
        statement.addBatch();
      }
      statement.executeBatch();
    }
    // The rows are locked from here on.
    List<Row> locked =
        KeyedRows.select(
            connection,
            tables.documents(),
            List.of("doc_id", "text_content"),
            "doc_id",
            texts.keySet());
    for (Row row : locked) {
      if (!Objects.equals(row.get(1), texts.get(row.text(0)))) {
        connection.rollback();
        return false;
      }
    }
    return true;
  }
}
