package org.irisgraph.ask;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.irisgraph.graph.Embedding;
import org.irisgraph.jdbc.Dialect;
import org.irisgraph.jdbc.StreamedRows;
import org.irisgraph.jdbc.VectorColumn;

/** Finds the texts whose vectors are nearest to one, by their dot product. */
public final class NearestTexts {

  private static final Comparator<Near> NEAREST_FIRST =
      Comparator.comparingDouble(Near::product).reversed().thenComparing(Near::document);

  private final Connection connection;
  private final Dialect dialect;
  private final String documents;
  private final VectorColumn column;

  /** Searches in a column of a table of documents. */
  public NearestTexts(
      Connection connection, Dialect dialect, String documents, VectorColumn column) {
    this.connection = connection;
    this.dialect = dialect;
    this.documents = documents;
    this.column = column;
  }

  /**
   * A text.
   *
   * @param document its id, that of a document or of a passage
   * @param product the cosine, if both vectors have the length 1
   */
  public record Near(String document, double product) {}

  /** The nearest first. A database without vector functions gives all vectors to compare. */
  public List<Near> to(Embedding vector) throws SQLException {
    Optional<String> query = dialect.nearest(documents, "doc_id", column, DocumentSearch.DEPTH);
    return query.isPresent() ? computed(query.get(), vector) : compared(vector);
  }

  private List<Near> computed(String query, Embedding vector) throws SQLException {
    List<Near> nearest = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, vector.toString());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          nearest.add(new Near(rows.getString(1), rows.getDouble(2)));
        }
      }
    }
    return nearest;
  }

  private List<Near> compared(Embedding vector) throws SQLException {
    PriorityQueue<Near> nearest = new PriorityQueue<>(NEAREST_FIRST.reversed());
    StreamedRows.forEach(
        connection,
        "SELECT doc_id, %1$s FROM %2$s WHERE %1$s IS NOT NULL".formatted(column.name(), documents),
        List.of(),
        row -> {
          nearest.add(new Near(row.getString(1), product(vector, row.getArray(2))));
          if (nearest.size() > DocumentSearch.DEPTH) {
            nearest.remove();
          }
        });
    return nearest.stream().sorted(NEAREST_FIRST).toList();
  }

  private static double product(Embedding vector, Array stored) throws SQLException {
    Object[] values = (Object[]) stored.getArray();
    double product = 0;
    for (int i = 0; i < Math.min(values.length, vector.dimension()); i++) {
      product += vector.get(i) * ((Number) values[i]).doubleValue();
    }
    return product;
  }
}
