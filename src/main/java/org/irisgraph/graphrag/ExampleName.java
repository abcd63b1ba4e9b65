package org.irisgraph.graphrag;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.irisgraph.jdbc.KeyedRows;

/** Finds the name of an entity that a question about the graph can name; reads a few rows. */
public final class ExampleName {

  private ExampleName() {}

  /** The source of a relationship that a document states, else of any, else any name. */
  public static Optional<String> in(Connection connection, GraphTables tables) throws SQLException {
    Optional<String> relationship =
        tables.evidence().isPresent()
            ? first(connection, tables.evidence().get().statements(), "relationship_id")
            : Optional.empty();
    if (relationship.isEmpty()) {
      relationship = first(connection, tables.relationships(), "relationship_id");
    }
    // Not by the name: IRIS cannot sort by a text of 500 bytes.
    Optional<String> entity =
        relationship.isPresent()
            ? value(
                connection,
                tables.relationships(),
                "source_entity_id",
                "relationship_id",
                relationship.get())
            : first(connection, tables.entities(), "entity_id");
    return entity.isPresent()
        ? value(connection, tables.entities(), "entity_name", "entity_id", entity.get())
        : Optional.empty();
  }

  private static Optional<String> first(Connection connection, String table, String column)
      throws SQLException {
    return KeyedRows.firstWhere(
            connection,
            table,
            List.of(column),
            "%1$s IS NOT NULL ORDER BY %1$s".formatted(column),
            List.of(),
            1)
        .stream()
        .map(row -> row.text(0))
        .findFirst();
  }

  private static Optional<String> value(
      Connection connection, String table, String column, String key, String value)
      throws SQLException {
    return KeyedRows.select(connection, table, List.of(column), key, List.of(value)).stream()
        .map(row -> row.text(0))
        .findFirst();
  }
}
