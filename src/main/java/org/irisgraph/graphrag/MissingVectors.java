package org.irisgraph.graphrag;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.irisgraph.graph.Embedding;
import org.irisgraph.jdbc.Dialect;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.LocalTransaction;
import org.irisgraph.jdbc.Row;

/**
 * Reads stored rows without a vector in portions, and stores the vectors of each. Those of a
 * portion that is committed are no longer missing.
 */
public final class MissingVectors {

  /** The most texts that are held at a time. */
  private static final int PORTION = 200;

  private final EmbeddedRows rows;
  private final Dialect dialect;
  private final boolean all;
  private final int portion;

  /**
   * @param batchRows the most rows that a transaction changes
   * @param all whether vectors that exist are computed again
   */
  public MissingVectors(EmbeddedRows rows, Dialect dialect, int batchRows, boolean all) {
    this.dialect = dialect;
    this.rows = rows;
    this.portion = Math.min(PORTION, batchRows);
    this.all = all;
  }

  /**
   * Some texts.
   *
   * @param texts by the ids of their rows; those that are blank are left out
   * @param last the id of the last row, also of those left out; empty after the last portion
   */
  public record Portion(Map<String, String> texts, String last) {}

  /**
   * Reads the next portion.
   *
   * @param after the last id of the portion before, a blank for the first
   */
  public Portion next(Connection connection, String after) throws SQLException {
    List<Row> read = rows.after(connection, dialect, after, all, portion);
    return new Portion(
        rows.texts(connection, read), read.isEmpty() ? "" : read.get(read.size() - 1).text(0));
  }

  /**
   * Stores vectors beside the texts that they were computed from, in a transaction.
   *
   * @param vectors by the ids of rows of the portion
   * @return false, with nothing stored, if a text has changed since it was read
   */
  public boolean store(Connection connection, Portion portion, Map<String, Embedding> vectors)
      throws SQLException {
    List<Row> changes = new ArrayList<>();
    vectors.forEach((id, vector) -> changes.add(Row.of(rows.vectors().value(vector), id)));
    return LocalTransaction.run(connection, ignored -> store(connection, changes, portion.texts()));
  }

  private boolean store(Connection connection, List<Row> vectors, Map<String, String> texts)
      throws SQLException {
    if (vectors.isEmpty()) {
      return true;
    }
    try (PreparedStatement statement = connection.prepareStatement(rows.update())) {
      for (Row vector : vectors) {
        KeyedRows.bind(statement, vector.get(0), vector.get(1));
        statement.addBatch();
      }
      statement.executeBatch();
    }
    // The rows are locked from here on.
    List<Row> locked = rows.rows(connection, texts.keySet());
    Map<String, String> now = rows.texts(connection, locked);
    for (Row row : locked) {
      if (!Objects.equals(now.get(row.text(0)), texts.get(row.text(0)))) {
        connection.rollback();
        return false;
      }
    }
    return true;
  }
}
