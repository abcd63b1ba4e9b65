package org.irisgraph.graphrag;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.irisgraph.graph.Embedding;
import org.irisgraph.graph.PassageIds;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.LocalTransaction;
import org.irisgraph.jdbc.Row;
import org.irisgraph.jdbc.VectorColumn;

/**
 * Computes the vectors of stored texts in portions, each in a transaction. Vectors of a portion
 * that is committed are no longer missing. A text that has passages gets none, since they have
 * vectors of their own.
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
   * Computes and stores the vectors of the next portion.
   *
   * @param after the last id of the portion before, a blank for the first
   * @param model gives the vector of a text; called by several threads
   * @return the id of its last document; empty after the last portion
   */
  public String fill(Connection connection, String after, Function<String, Embedding> model)
      throws SQLException {
    while (true) {
      List<Row> rows = next(connection, after);
      Map<String, String> texts = texts(rows);
      texts.keySet().removeAll(divided(connection, texts.keySet()));
      List<Row> vectors =
          texts.entrySet().parallelStream()
              .map(text -> Row.of(column.value(model.apply(text.getValue())), text.getKey()))
              .toList();
      if (LocalTransaction.run(connection, ignored -> store(connection, vectors, texts))) {
        return rows.isEmpty() ? "" : rows.get(rows.size() - 1).text(0);
      }
    }
  }

  private List<Row> next(Connection connection, String after) throws SQLException {
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

  /**
   * Stores vectors beside the texts that they were computed from.
   *
   * @return false, with nothing stored, if a text has changed since it was read
   */
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
