package org.irisgraph.graphrag;

import static org.irisgraph.jdbc.Dialect.ColumnType.BIGINT;
import static org.irisgraph.jdbc.Dialect.ColumnType.DOUBLE;
import static org.irisgraph.jdbc.Dialect.ColumnType.INTEGER;
import static org.irisgraph.jdbc.Dialect.ColumnType.TEXT;
import static org.irisgraph.jdbc.Dialect.ColumnType.TIMESTAMP;
import static org.irisgraph.jdbc.Dialect.ColumnType.VARCHAR;
import static org.irisgraph.jdbc.Dialect.ColumnType.VECTOR;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.irisgraph.jdbc.Dialect;
import org.irisgraph.jdbc.Dialect.ColumnType;
import org.irisgraph.jdbc.TableShape;

/**
 * Creates the tables that are missing: those of GraphRAG in the layout that iris-vector-rag 0.12
 * creates at run time, the ledger, and the table of attempts to parse.
 */
public final class TableDefinitions {

  private final Dialect dialect;
  private final GraphTables tables;
  private final String ledger;

  /** The definitions in a dialect; the ledger is {@code SCHEMA.TABLE}. */
  public TableDefinitions(Dialect dialect, GraphTables tables, String ledger) {
    this.dialect = dialect;
    this.tables = tables;
    this.ledger = ledger;
  }

  /** Without these, replacing a document or watching a run reads whole tables. */
  private static final Set<String> NEEDED_INDEXES =
      Set.of("source_doc_id", "source_document", "place_key", "seen_run_id");

  private record Column(String name, ColumnType type, int length, String constraint) {}

  private record Definition(
      String table, List<Column> columns, String key, List<String> indexedColumns) {}

  private static Column column(String name, ColumnType type) {
    return new Column(name, type, 0, "");
  }

  private static Column varchar(String name, int length) {
    return new Column(name, VARCHAR, length, "");
  }

  private static Column required(String name, int length) {
    return new Column(name, VARCHAR, length, " NOT NULL");
  }

  private static final Column CREATED =
      new Column("created_timestamp", TIMESTAMP, 0, " DEFAULT CURRENT_TIMESTAMP");

  /**
   * Creates the tables that are missing, and the indexes that a run needs: an earlier one may have
   * been killed between the two. Columns are never changed.
   */
  public void createMissing(Connection connection) throws SQLException {
    for (Definition definition : definitions()) {
      TableShape shape = TableShape.lookUp(connection, definition.table());
      if (!shape.exists()) {
        for (String statement : statements(definition)) {
          execute(connection, statement);
        }
        continue;
      }
      Set<String> indexed = dialect.indexedColumns(connection, definition.table());
      for (String column : definition.indexedColumns()) {
        if (NEEDED_INDEXES.contains(column) && shape.has(column) && !indexed.contains(column)) {
          execute(connection, indexStatement(definition.table(), column));
        }
      }
    }
  }

  /** The statements that create the ledger, for an administrator to run. */
  public List<String> ledgerStatements() {
    return statements(ledgerDefinition());
  }

  /** The same for the table of attempts to parse. */
  List<String> attemptsStatements() {
    return statements(attemptsDefinition());
  }

  private List<Definition> definitions() {
    return List.of(
        new Definition(
            tables.documents(),
            List.of(
                required("doc_id", 255),
                column("text_content", TEXT),
                varchar("metadata", 2000),
                new Column("embedding", VECTOR, 384, ""),
                CREATED),
            "doc_id",
            List.of()),
        new Definition(
            tables.entities(),
            List.of(
                required("entity_id", 255),
                required("entity_name", 500),
                varchar("entity_type", 100),
                varchar("description", 2000),
                new Column("confidence", DOUBLE, 0, " DEFAULT 1.0"),
                varchar("source_doc_id", 255),
                CREATED),
            "entity_id",
            List.of("entity_name", "entity_type", "source_doc_id")),
        new Definition(
            tables.relationships(),
            List.of(
                required("relationship_id", 255),
                required("source_entity_id", 255),
                required("target_entity_id", 255),
                varchar("relationship_type", 255),
                column("weight", DOUBLE),
                column("confidence", DOUBLE),
                varchar("source_document", 255),
                CREATED),
            "relationship_id",
            List.of(
                "source_entity_id", "target_entity_id", "relationship_type", "source_document")),
        ledgerDefinition(),
        attemptsDefinition());
  }

  private Definition ledgerDefinition() {
    return new Definition(
        ledger,
        List.of(
            required("ledger_key", 64),
            required("place_key", 64),
            required("pipeline", 255),
            varchar("document_id", 255),
            required("source", 4000),
            column("source_position", BIGINT),
            column("source_modified", TIMESTAMP),
            varchar("content_hash", 64),
            varchar("fingerprint", 64),
            required("outcome", 20),
            column("stale", INTEGER),
            column("reasons", TEXT),
            column("document_rows", INTEGER),
            column("entity_rows", INTEGER),
            column("relationship_rows", INTEGER),
            column("document_rows_rejected", INTEGER),
            column("entity_rows_rejected", INTEGER),
            column("relationship_rows_rejected", INTEGER),
            column("metadata_keys_cut", INTEGER),
            column("relationships_dropped", INTEGER),
            column("extraction_millis", DOUBLE),
            column("storage_millis", DOUBLE),
            required("run_id", 64),
            required("seen_run_id", 64),
            column("attempts", INTEGER),
            column("written_at", TIMESTAMP),
            column("seen_at", TIMESTAMP)),
        "ledger_key",
        List.of("place_key", "seen_run_id"));
  }

  private Definition attemptsDefinition() {
    return new Definition(
        ParseAttemptTable.beside(ledger),
        List.of(
            required("attempt_key", 64),
            required("pipeline", 255),
            required("source", 4000),
            required("content_hash", 64),
            column("attempts", INTEGER),
            varchar("attempt_id", 64),
            column("begun_at", TIMESTAMP)),
        "attempt_key",
        List.of());
  }

  private List<String> statements(Definition definition) {
    List<String> statements = new ArrayList<>();
    String table = definition.table();
    dialect.createSchema(table.substring(0, table.indexOf('.'))).ifPresent(statements::add);
    String columns =
        definition.columns().stream()
            .map(
                column ->
                    column.name()
                        + " "
                        + dialect.columnType(column.type(), column.length())
                        + column.constraint())
            .collect(Collectors.joining(",\n  "));
    statements.add(
        "CREATE TABLE %s (\n  %s,\n  PRIMARY KEY (%s)\n)"
            .formatted(table, columns, definition.key()));
    for (String column : definition.indexedColumns()) {
      statements.add(indexStatement(table, column));
    }
    return statements;
  }

  /** The statement that creates the index that deleting and querying by a column need. */
  public static String indexStatement(String table, String column) {
    return "CREATE INDEX idx_%s_%s ON %s (%s)"
        .formatted(table.substring(table.indexOf('.') + 1), column, table, column);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
