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
    Optional<String> entity = Optional.empty();
    if (tables.evidence().isPresent()) {
      Optional<String> stated =
          first(
              connection,
              tables.evidence().get().statements(),
              "relationship_id",
              "relationship_id");
      if (stated.isPresent()) {
        entity =
            value(
                connection,
                tables.relationships(),
                "source_entity_id",
                "relationship_id",
                stated.get());
      }
    }
    if (entity.isEmpty()) {
      entity = first(connection, tables.relationships(), "source_entity_id", "relationship_id");
    }
    if (entity.isPresent()) {
      return value(connection, tables.entities(), "entity_name", "entity_id", entity.get());
    }
    // Not by the name: IRIS cannot sort by a text of 500 bytes.
    return first(connection, tables.entities(), "entity_name", "entity_id");
  }

  private static Optional<String> first(
      Connection connection, String table, String column, String key) throws SQLException {
    return KeyedRows.firstWhere(
            connection,
            table,
            List.of(column),
            "%1$s IS NOT NULL ORDER BY %1$s".formatted(key),
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
