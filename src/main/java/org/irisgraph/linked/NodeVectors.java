package org.irisgraph.linked;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.irisgraph.graph.ContentHash;
import org.irisgraph.graph.Embedding;
import org.irisgraph.graphrag.GraphSchemaTables;
import org.irisgraph.graphrag.LinkedTables;
import org.irisgraph.jdbc.Dialect;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.Row;

/**
 * The vectors of the names of published nodes: which are missing or of another model, and how those
 * that were computed are stored. Those of a portion that is committed are no longer missing.
 */
public final class NodeVectors {

  /** Less than any key. */
  public static final String START = NodeRange.START;

  /** The most names that are held at a time. */
  private static final int PORTION = 200;

  /** A record and a vector in each of two tables. */
  static final int CHANGES_OF_NODE = 3;

  private final LinkedTables linked;
  private final String schema;
  private final PublishedTables tables;
  private final Dialect dialect;
  private final String modelHash;
  private final int portion;
  private final Function<Connection, PublishedGraph.Transaction> transactions;

  /**
   * @param connection to look up the tables
   * @param model what a vector depends on beside its text
   * @param batchRows the most changes of a transaction
   */
  NodeVectors(
      Connection connection,
      LinkedTables linked,
      GraphSchemaTables names,
      Dialect dialect,
      String model,
      int batchRows,
      Function<Connection, PublishedGraph.Transaction> transactions)
      throws SQLException {
    this.linked = linked;
    this.schema = names.schema().toUpperCase(Locale.ROOT);
    this.tables = PublishedTables.lookUp(connection, names, linked, dialect);
    this.dialect = dialect;
    // A table that is new lacks all vectors.
    this.modelHash = ContentHash.of(model, String.join(" ", tables.vectors().names()));
    this.portion = Math.max(1, Math.min(PORTION, batchRows / CHANGES_OF_NODE));
    this.transactions = transactions;
  }

  /** Whether there is a table for them. */
  public boolean areStorable() {
    return !tables.vectors().names().isEmpty();
  }

  /**
   * Some names.
   *
   * @param names by the ids of their nodes
   * @param last the last key that was looked at; empty after the last portion
   */
  public record Portion(Map<String, String> names, String last) {}

  /**
   * Reads the next names of which there is no vector of this model.
   *
   * @param after {@link #START}, then the last key of the portion before
   */
  public Portion next(Connection connection, String after) throws SQLException {
    List<Row> rows =
        KeyedRows.firstWhere(
            connection,
            dialect,
            "%s p LEFT JOIN %s v ON v.record_key = p.record_key"
                .formatted(linked.published(), linked.publishedVectors()),
            List.of("p.record_key", "p.node_id"),
            "p.record_key > ? AND p.graph_schema = ? AND p.document_id IS NULL"
                + " AND (v.model_hash IS NULL OR v.model_hash <> ?) ORDER BY p.record_key",
            List.of(after, schema, modelHash),
            portion);
    List<String> ids = rows.stream().map(row -> row.text(1)).toList();
    PublishedVectors.Stored stored = tables.vectors().stored(connection, ids);
    Map<String, String> names = names(connection, ids);
    names.keySet().removeIf(stored::areAllOfOthers);
    return new Portion(names, rows.isEmpty() ? "" : rows.get(rows.size() - 1).text(0));
  }

  /** The names of those nodes that are there. */
  private Map<String, String> names(Connection connection, List<String> ids) throws SQLException {
    Set<String> published = new HashSet<>();
    tables
        .nodes()
        .select(connection, Map.of("node_id", ids))
        .keySet()
        .forEach(key -> published.add(key.get(0)));
    Map<String, String> nameOf = new TreeMap<>(dialect.keyOrder());
    for (Row row :
        KeyedRows.select(
            connection, linked.nodes(), List.of("node_key", "node_name"), "node_key", ids)) {
      nameOf.put(row.text(0), row.text(1));
    }
    Map<String, String> names = new LinkedHashMap<>();
    for (String id : ids) {
      String name = nameOf.get(id);
      if (name != null && published.contains(id)) {
        names.put(id, name);
      }
    }
    return names;
  }

  /**
   * Stores vectors, unless nodes have got other names since their portion was read.
   *
   * @param vectors by names
   * @return how many rows were written
   */
  public long store(Connection connection, Portion read, Map<String, Embedding> vectors)
      throws SQLException {
    List<String> ids = List.copyOf(read.names().keySet());
    return transactions
        .apply(connection)
        .run(
            () -> {
              PublishedChanges.Builder changes = new PublishedChanges.Builder();
              PublishedVectors.Stored stored = tables.vectors().stored(connection, ids);
              names(connection, ids)
                  .forEach(
                      (id, name) -> {
                        Embedding vector = vectors.get(name);
                        if (vector != null && name.equals(read.names().get(id))) {
                          stored.store(id, name, modelHash, vector, changes);
                        }
                      });
              return changes.build();
            })
        .publishedWritten();
  }
}
