package org.irisgraph.graphrag;

import static org.irisgraph.jdbc.Dialect.ColumnType.BIGINT;
import static org.irisgraph.jdbc.Dialect.ColumnType.DOUBLE;
import static org.irisgraph.jdbc.Dialect.ColumnType.INTEGER;
import static org.irisgraph.jdbc.Dialect.ColumnType.TEXT;
import static org.irisgraph.jdbc.Dialect.ColumnType.TIMESTAMP;
import static org.irisgraph.jdbc.Dialect.ColumnType.VECTOR;

import org.irisgraph.jdbc.TableDefinition;
import org.irisgraph.jdbc.TableDefinition.Column;

/**
 * Defines the tables of GraphRAG in the layout that iris-vector-rag 0.12 creates at run time, the
 * ledger, and the table of parse attempts.
 */
public final class TableDefinitions {

  /** The numbers in a vector of the model that iris-vector-rag uses by default. */
  static final int DIMENSION = 384;

  /** The longest id of a document, in characters. */
  public static final int MAX_DOCUMENT_ID = 255;

  /** The longest source in the ledger, in characters. */
  private static final int MAX_SOURCE = 4000;

  /**
   * The longest source in a row that takes the place of one that the database refuses. IRIS sorts
   * no longer texts than some 500 bytes.
   */
  public static final int MAX_PLAIN_SOURCE = 255;

  private static final Column CREATED =
      new Column("created_timestamp", TIMESTAMP, 0, " DEFAULT CURRENT_TIMESTAMP");

  private TableDefinitions() {}

  static TableDefinition documents(String table, int dimension) {
    return TableDefinition.of(
        table,
        "doc_id",
        Column.required("doc_id", 255),
        Column.of("text_content", TEXT),
        Column.text("metadata", 2000),
        new Column("embedding", VECTOR, dimension, ""),
        CREATED);
  }

  static TableDefinition entities(String table) {
    return TableDefinition.of(
            table,
            "entity_id",
            Column.required("entity_id", 255),
            Column.required("entity_name", 500),
            Column.text("entity_type", 100),
            Column.text("description", 2000),
            new Column("confidence", DOUBLE, 0, " DEFAULT 1.0"),
            Column.text("source_doc_id", 255),
            CREATED)
        .withIndexes("entity_name", "entity_type")
        .withNeededIndexes("source_doc_id");
  }

  static TableDefinition relationships(String table) {
    return TableDefinition.of(
            table,
            "relationship_id",
            Column.required("relationship_id", 255),
            Column.required("source_entity_id", 255),
            Column.required("target_entity_id", 255),
            Column.text("relationship_type", 255),
            Column.of("weight", DOUBLE),
            Column.of("confidence", DOUBLE),
            Column.text("source_document", 255),
            CREATED)
        .withIndexes("relationship_type")
        .withNeededIndexes("source_entity_id", "target_entity_id", "source_document");
  }

  /** Stays empty; the readiness check of iris-vector-rag's GraphRAG requires that it exists. */
  static TableDefinition communities(String table) {
    return TableDefinition.of(
        table,
        "community_id",
        Column.required("community_id", 255),
        Column.text("name", 500),
        Column.text("description", 5000),
        Column.text("entity_ids", 10_000),
        new Column("entity_count", INTEGER, 0, " DEFAULT 0"),
        new Column("hierarchy_level", INTEGER, 0, " DEFAULT 0"),
        Column.text("parent_community_id", 255),
        Column.text("summary", 5000),
        new Column("confidence", DOUBLE, 0, " DEFAULT 1.0"),
        CREATED);
  }

  static TableDefinition ledger(String table) {
    return TableDefinition.of(
            table,
            "ledger_key",
            Column.required("ledger_key", 64),
            Column.required("place_key", 64),
            Column.required("pipeline", 255),
            Column.text("document_id", MAX_DOCUMENT_ID),
            Column.required("source", MAX_SOURCE),
            Column.of("source_position", BIGINT),
            Column.of("source_modified", TIMESTAMP),
            Column.text("content_hash", 64),
            Column.text("fingerprint", 64),
            Column.required("outcome", 20),
            Column.of("stale", INTEGER),
            Column.of("reasons", TEXT),
            Column.of("document_rows", INTEGER),
            Column.of("entity_rows", INTEGER),
            Column.of("relationship_rows", INTEGER),
            Column.of("document_rows_rejected", INTEGER),
            Column.of("entity_rows_rejected", INTEGER),
            Column.of("relationship_rows_rejected", INTEGER),
            Column.of("metadata_keys_cut", INTEGER),
            Column.of("relationships_dropped", INTEGER),
            Column.of("extraction_millis", DOUBLE),
            Column.of("storage_millis", DOUBLE),
            Column.required("run_id", 64),
            Column.required("seen_run_id", 64),
            Column.of("attempts", INTEGER),
            Column.of("written_at", TIMESTAMP),
            Column.of("seen_at", TIMESTAMP))
        .withNeededIndexes("place_key", "seen_run_id");
  }

  /** The table of parse attempts in the schema of a ledger. */
  public static String parseAttemptsBeside(String ledger) {
    return ledger.substring(0, ledger.indexOf('.') + 1) + "ParseAttempts";
  }

  static TableDefinition parseAttempts(String table) {
    return TableDefinition.of(
        table,
        "attempt_key",
        Column.required("attempt_key", 64),
        Column.required("pipeline", 255),
        Column.required("source", MAX_SOURCE),
        Column.required("content_hash", 64),
        Column.of("attempts", INTEGER),
        Column.text("attempt_id", 64),
        Column.of("begun_at", TIMESTAMP));
  }
}
