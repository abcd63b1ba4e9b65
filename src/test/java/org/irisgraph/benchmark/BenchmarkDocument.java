package org.irisgraph.benchmark;

import java.util.ArrayList;
import java.util.List;
import org.irisgraph.iris.spec.TableWrite;
import org.irisgraph.jdbc.Row;

/** A document of a realistic shape: a text of 2 KB, 10 entities, 25 relationships. */
record BenchmarkDocument(
    String id, String text, List<String> entities, List<String> relationships) {

  static final int ENTITIES = 10;
  static final int RELATIONSHIPS = 25;
  static final long ROWS = 1 + ENTITIES + RELATIONSHIPS;

  private static final String TEXT = "The quick brown fox jumps over the lazy dog. ".repeat(45);

  static BenchmarkDocument of(int number) {
    String id = "document-%08d".formatted(number);
    List<String> entities = new ArrayList<>(ENTITIES);
    for (int i = 0; i < ENTITIES; i++) {
      entities.add(id + "-entity-" + i);
    }
    List<String> relationships = new ArrayList<>(RELATIONSHIPS);
    for (int i = 0; i < RELATIONSHIPS; i++) {
      relationships.add(id + "-relationship-" + i);
    }
    return new BenchmarkDocument(id, TEXT, entities, relationships);
  }

  static String[] tables() {
    return new String[] {
      "CREATE TABLE B.Documents (doc_id VARCHAR(255) PRIMARY KEY, text_content TEXT)",
      "CREATE TABLE B.Entities (entity_id VARCHAR(255) PRIMARY KEY, entity_name VARCHAR(500),"
          + " source_doc_id VARCHAR(255))",
      "CREATE TABLE B.Relationships (relationship_id VARCHAR(255) PRIMARY KEY,"
          + " source_entity_id VARCHAR(255), target_entity_id VARCHAR(255))"
    };
  }

  List<Row> documentRows() {
    return List.of(Row.of(id, text));
  }

  List<Row> entityRows() {
    List<Row> rows = new ArrayList<>(entities.size());
    for (String entity : entities) {
      rows.add(Row.of(entity, "name of " + entity, id));
    }
    return rows;
  }

  List<Row> relationshipRows() {
    List<Row> rows = new ArrayList<>(relationships.size());
    for (int i = 0; i < relationships.size(); i++) {
      rows.add(
          Row.of(
              relationships.get(i),
              entities.get(i % ENTITIES),
              entities.get((i + 1 + i / ENTITIES) % ENTITIES)));
    }
    return rows;
  }

  static List<TableWrite<BenchmarkDocument>> writes() {
    return List.of(
        TableWrite.<BenchmarkDocument>into("B.Documents")
            .withColumns("doc_id", "text_content")
            .withKey("doc_id")
            .withOwner("doc_id")
            .withRows(BenchmarkDocument::documentRows),
        TableWrite.<BenchmarkDocument>into("B.Entities")
            .withColumns("entity_id", "entity_name", "source_doc_id")
            .withKey("entity_id")
            .withOwner("source_doc_id")
            .withReference("source_doc_id", "B.Documents")
            .withRows(BenchmarkDocument::entityRows),
        TableWrite.<BenchmarkDocument>into("B.Relationships")
            .withColumns("relationship_id", "source_entity_id", "target_entity_id")
            .withKey("relationship_id")
            .withReference("source_entity_id", "B.Entities")
            .withReference("target_entity_id", "B.Entities")
            .withRows(BenchmarkDocument::relationshipRows));
  }
}
