package org.irisgraph.jdbc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.irisgraph.jdbc.Dialect.ColumnType;

/**
 * A table that the program can create.
 *
 * @param table {@code SCHEMA.TABLE}
 * @param key the column of the primary key, or several with commas between
 * @param indexes the columns that get an index when the table is created
 * @param neededIndexes the same; if one is missing later, it is created, too
 * @param constraints those of the table beside its primary key
 */
public record TableDefinition(
    String table,
    String key,
    List<Column> columns,
    List<String> indexes,
    List<String> neededIndexes,
    List<String> constraints) {

  /**
   * A column.
   *
   * @param length used by VARCHAR, EXACT_VARCHAR and VECTOR only
   * @param constraint follows the type, empty or beginning with a space
   */
  public record Column(String name, ColumnType type, int length, String constraint) {

    /** A nullable column whose type needs no length. */
    public static Column of(String name, ColumnType type) {
      return new Column(name, type, 0, "");
    }

    /** A nullable VARCHAR. */
    public static Column text(String name, int length) {
      return new Column(name, ColumnType.VARCHAR, length, "");
    }

    /** A VARCHAR that is not null. */
    public static Column required(String name, int length) {
      return new Column(name, ColumnType.VARCHAR, length, " NOT NULL");
    }
  }

  /** A table without indexes beside that of its key. */
  public static TableDefinition of(String table, String key, Column... columns) {
    return new TableDefinition(table, key, List.of(columns), List.of(), List.of(), List.of());
  }

  public TableDefinition withIndexes(String... indexed) {
    return new TableDefinition(table, key, columns, List.of(indexed), neededIndexes, constraints);
  }

  /**
   * Adds indexes without which statements read the whole table.
   *
   * @param indexed a column each, perhaps with others for {@link Dialect#hasWideIndexes}: {@code
   *     source_node, edge_type}
   */
  public TableDefinition withNeededIndexes(String... indexed) {
    return new TableDefinition(table, key, columns, indexes, List.of(indexed), constraints);
  }

  public TableDefinition withConstraints(String... others) {
    return new TableDefinition(table, key, columns, indexes, neededIndexes, List.of(others));
  }

  /** The names of the columns, in their order. */
  public List<String> columnNames() {
    return columns.stream().map(Column::name).toList();
  }

  public String schema() {
    return table.substring(0, table.indexOf('.'));
  }

  /** The statements that create the table and its indexes in an existing schema. */
  List<String> statements(Dialect dialect) {
    List<String> statements = new ArrayList<>();
    statements.add(
        columns.stream()
            .map(
                column ->
                    "%s %s%s"
                        .formatted(
                            dialect.identifier(column.name()),
                            dialect.columnType(column.type(), column.length()),
                            column.constraint()))
            .collect(
                Collectors.joining(
                    ",\n  ",
                    "CREATE TABLE %s (\n  ".formatted(table),
                    ",\n  PRIMARY KEY (%s)%s\n)"
                        .formatted(
                            Arrays.stream(key.split(", ", -1))
                                .map(dialect::identifier)
                                .collect(Collectors.joining(", ")),
                            constraints.stream()
                                .map(",\n  "::concat)
                                .collect(Collectors.joining())))));
    Stream.concat(indexes.stream(), neededIndexes.stream())
        .forEach(columns -> statements.add(indexStatement(columns, dialect)));
    return statements;
  }

  /** The statement that creates an index. */
  String indexStatement(String indexed, Dialect dialect) {
    return "CREATE INDEX %s ON %s (%s)"
        .formatted(
            indexName(indexed), table, dialect.hasWideIndexes() ? indexed : leading(indexed));
  }

  /** The statements that create an index in place of one with the same name. */
  List<String> replaceIndexStatements(String indexed, Dialect dialect) {
    return List.of(
        "DROP INDEX IF EXISTS %s.%s".formatted(schema(), indexName(indexed)),
        indexStatement(indexed, dialect));
  }

  private String indexName(String indexed) {
    return "idx_%s_%s".formatted(table.substring(table.indexOf('.') + 1), leading(indexed));
  }

  /** The column whose values an index finds. */
  static String leading(String indexed) {
    return indexed.split(",", 2)[0];
  }
}
