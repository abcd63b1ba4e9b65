package org.irisgraph.graphrag;

import static org.irisgraph.jdbc.Dialect.ColumnType.DOUBLE_VECTOR;
import static org.irisgraph.jdbc.Dialect.ColumnType.EXACT_VARCHAR;
import static org.irisgraph.jdbc.Dialect.ColumnType.IDENTITY;
import static org.irisgraph.jdbc.Dialect.ColumnType.JSON;
import static org.irisgraph.jdbc.Dialect.ColumnType.TIMESTAMP;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.irisgraph.jdbc.Dialect;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.jdbc.TableDefinition;
import org.irisgraph.jdbc.TableDefinition.Column;
import org.irisgraph.jdbc.TableShape;

/**
 * The tables of iris-vector-graph that the linked graph can be published to, as its version 2.4.3
 * creates them.
 *
 * @param schema their schema, {@code Graph_KG} unless iris-vector-graph is told otherwise
 */
public record GraphSchemaTables(String schema) {

  /** The column of {@link #vectors}. */
  public static final String VECTOR = "emb";

  private static final int MAX_ID = 256;
  private static final int MAX_NAME = 128;

  public String nodes() {
    return schema + ".nodes";
  }

  public String labels() {
    return schema + ".rdf_labels";
  }

  public String properties() {
    return schema + ".rdf_props";
  }

  public String edges() {
    return schema + ".rdf_edges";
  }

  public String documents() {
    return schema + ".docs";
  }

  /** The tables of vectors of nodes; a version has one of them or both. */
  public List<String> vectors() {
    return List.of(schema + ".kg_NodeEmbeddings", schema + ".kg_NodeEmbeddings_optimized");
  }

  /** The tables without which nothing can be published. */
  public List<TableDefinition> required() {
    return List.of(
        TableDefinition.of(
            nodes(),
            "node_id",
            exact("node_id", MAX_ID, " NOT NULL"),
            new Column("created_at", TIMESTAMP, 0, " DEFAULT CURRENT_TIMESTAMP")),
        TableDefinition.of(
                labels(),
                "s, label",
                exact("s", MAX_ID, " NOT NULL"),
                exact("label", MAX_NAME, " NOT NULL"))
            .withConstraints(node("s")),
        TableDefinition.of(
            properties(),
            "s, key",
            exact("s", MAX_ID, " NOT NULL"),
            exact("key", MAX_NAME, " NOT NULL"),
            exact("val", 64_000, "")),
        TableDefinition.of(
                edges(),
                "edge_id",
                Column.of("edge_id", IDENTITY),
                exact("s", MAX_ID, " NOT NULL"),
                exact("p", MAX_NAME, " NOT NULL"),
                exact("o_id", MAX_ID, " NOT NULL"),
                Column.of("qualifiers", JSON))
            .withConstraints("UNIQUE (s, p, o_id)", node("s"), node("o_id"))
            .withIndexes("o_id"));
  }

  /** The table of texts, which a search for words needs. */
  public TableDefinition documentDefinition() {
    return TableDefinition.of(
        documents(), "id", exact("id", MAX_ID, " NOT NULL"), exact("text", 4000, ""));
  }

  /** The table of vectors, which a search for nodes by meaning needs. */
  public TableDefinition vectorDefinition(int dimension) {
    return TableDefinition.of(
            vectors().get(0),
            "id",
            exact("id", MAX_ID, " NOT NULL"),
            new Column(VECTOR, DOUBLE_VECTOR, dimension, ""),
            Column.of("metadata", JSON))
        .withConstraints(node("id"));
  }

  /**
   * Checks that the tables of vectors that exist take those of a model.
   *
   * @throws StoreException.Configuration if a column takes none, or those of another dimension
   */
  public void requireVectors(Connection connection, Dialect dialect, int dimension)
      throws SQLException, StoreException.Configuration {
    for (String table : vectors()) {
      if (TableShape.lookUp(connection, table).exists()) {
        VectorColumns.require(connection, dialect, table, VECTOR, DOUBLE_VECTOR, dimension);
      }
    }
  }

  private String node(String column) {
    return "FOREIGN KEY (%s) REFERENCES %s (node_id)".formatted(column, nodes());
  }

  private static Column exact(String name, int length, String constraint) {
    return new Column(name, EXACT_VARCHAR, length, constraint);
  }
}
