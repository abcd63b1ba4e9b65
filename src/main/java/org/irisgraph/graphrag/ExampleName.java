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
            KeyedRows.select(
                    connection,
                    tables.relationships(),
                    List.of("source_entity_id"),
                    "relationship_id",
                    List.of(stated.get()))
                .stream()
                .map(row -> row.text(0))
                .findFirst();
      }
    }
    if (entity.isEmpty()) {
      entity = first(connection, tables.relationships(), "source_entity_id", "relationship_id");
    }
    if (entity.isPresent()) {
      // The statement that links entities: IRIS compiles each text.
      return KeyedRows.select(
              connection,
              tables.entities(),
              List.of("entity_id", "entity_name", "entity_type"),
              "entity_id",
              List.of(entity.get()))
          .stream()
          .map(row -> row.text(1))
          .findFirst();
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
}
