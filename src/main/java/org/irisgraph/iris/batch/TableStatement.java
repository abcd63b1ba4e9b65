package org.irisgraph.iris.batch;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.irisgraph.iris.spec.RowRule;
import org.irisgraph.iris.spec.WriteStatements;
import org.irisgraph.jdbc.Dialect;
import org.irisgraph.jdbc.Row;
import org.irisgraph.jdbc.Sql;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.jdbc.TableShape;
import org.irisgraph.jdbc.VectorColumn;
import org.jspecify.annotations.Nullable;

/** The upsert or insert of a table, with those of the columns that the table has. */
final class TableStatement {

  private final String table;
  private final String sql;
  private final String insert;
  private final List<TableShape.Column> columns;
  private final int[] positions;
  private final boolean updatesNothing;

  private TableStatement(
      String table,
      String sql,
      String insert,
      List<TableShape.Column> columns,
      int[] positions,
      boolean updatesNothing) {
    this.table = table;
    this.sql = sql;
    this.insert = insert;
    this.columns = columns;
    this.positions = positions;
    this.updatesNothing = updatesNothing;
  }

  /**
   * Matches the columns to write with the columns of the table.
   *
   * @throws StoreException.Configuration if the table, or a column that is needed, is missing
   */
  static TableStatement of(
      Dialect dialect,
      TableShape shape,
      List<String> columns,
      List<String> optional,
      List<String> key,
      @Nullable VectorColumn vector,
      WriteStatements statements)
      throws StoreException.Configuration {
    if (!shape.exists()) {
      throw new StoreException.Configuration(
          "table %s does not exist: it has to be created first".formatted(shape.table()));
    }
    List<TableShape.Column> present = new ArrayList<>();
    List<String> names = new ArrayList<>();
    List<String> markers = new ArrayList<>();
    List<Integer> positions = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      String name = columns.get(i);
      Optional<TableShape.Column> column = shape.column(name);
      if (column.isPresent()) {
        if (vector != null && name.equals(vector.name())) {
          // IRIS may list a vector as a short text, and the parameter for it is a text.
          present.add(column.get().withoutLimit());
          markers.add(vector.marker());
        } else {
          present.add(column.get());
          markers.add("?");
        }
        names.add(name);
        positions.add(i);
      } else if (!optional.contains(name)) {
        throw missing(shape, name);
      }
    }
    for (TableShape.Column column : shape.columns()) {
      if (column.required() && names.stream().noneMatch(column.name()::equalsIgnoreCase)) {
        throw new StoreException.Configuration(
            "column %s of table %s must not be null and has no default, but nothing is written to it"
                .formatted(column.name(), shape.table()));
      }
    }
    return new TableStatement(
        shape.table(),
        dialect.withHints(
            Sql.withMarkers(dialect.upsert(shape.table(), names, key), markers),
            statements.hintsOfUpserts()),
        dialect.withHints(
            Sql.withMarkers(dialect.insert(shape.table(), names), markers), statements.hints()),
        present,
        positions.stream().mapToInt(Integer::intValue).toArray(),
        names.size() == key.size());
  }

  private static StoreException.Configuration missing(TableShape shape, String column) {
    return new StoreException.Configuration(
        "table %s has no column %s, which is required".formatted(shape.table(), column));
  }

  /**
   * The update of a vector, in rows that others store; a row that is gone is passed over.
   *
   * @throws StoreException.Configuration if a column is missing
   */
  static TableStatement update(TableShape shape, VectorColumn vector, String key)
      throws StoreException.Configuration {
    List<TableShape.Column> columns =
        List.of(
            shape
                .column(vector.name())
                .orElseThrow(() -> missing(shape, vector.name()))
                .withoutLimit(),
            shape.column(key).orElseThrow(() -> missing(shape, key)));
    String sql =
        "UPDATE %s SET %s = %s WHERE %s = ?"
            .formatted(shape.table(), vector.name(), vector.marker(), key);
    return new TableStatement(shape.table(), sql, sql, columns, new int[] {0, 1}, true);
  }

  /** The plain insert of the same columns, for new rows. */
  TableStatement asInsert() {
    return new TableStatement(table, insert, insert, columns, positions, false);
  }

  String table() {
    return table;
  }

  /** Whether the statement writes a column. */
  boolean writes(String column) {
    return columns.stream().anyMatch(present -> present.name().equalsIgnoreCase(column));
  }

  /**
   * Finds what the table's columns forbid: a null, a text that is too long.
   *
   * @param maxText the most characters of a text in any column
   */
  Optional<RowRule.Violation> check(Row row, int maxText) {
    for (int i = 0; i < positions.length; i++) {
      Object value = row.get(positions[i]);
      TableShape.Column column = columns.get(i);
      if (value == null && !column.nullable()) {
        return Optional.of(
            new RowRule.Violation("NULL", "%s must not be null".formatted(column.name())));
      }
      if (value instanceof String text && text.length() > column.maxLength()) {
        return Optional.of(
            new RowRule.Violation(
                "TOO_LONG",
                "%s has %d characters, the column holds %d"
                    .formatted(column.name(), text.length(), column.maxLength())));
      }
      if (value instanceof String text && text.length() > maxText) {
        return Optional.of(
            new RowRule.Violation(
                "TOO_LONG",
                "%s has %d characters, a string of the database holds %d (irisLongText=string)"
                    .formatted(column.name(), text.length(), maxText)));
      }
    }
    return Optional.empty();
  }

  /** Stores rows in one execution; if one is refused, the state of the others is undefined. */
  void execute(Connection connection, List<Row> rows) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      try {
        for (Row row : rows) {
          bind(statement, row);
          statement.addBatch();
        }
        checkCounts(statement.executeBatch(), rows.size());
      } catch (SQLException | RuntimeException | AssertionError e) {
        clear(statement, e);
        throw e;
      }
    }
  }

  /** Clears a refused batch, which the IRIS driver would send again with the next one. */
  private static void clear(PreparedStatement statement, Throwable failure) {
    try {
      statement.clearBatch();
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }

  /** Stores one row in a separate execution. */
  void executeSingly(Connection connection, Row row) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, row);
      checkCounts(new int[] {statement.executeUpdate()}, 1);
    }
  }

  private void bind(PreparedStatement statement, Row row) throws SQLException {
    for (int i = 0; i < positions.length; i++) {
      Sql.bind(statement, i + 1, row.get(positions[i]));
    }
  }

  private void checkCounts(int[] counts, int expected) throws SQLException {
    if (counts.length != expected) {
      throw new SQLException(
          "%s: %d rows were sent, %d were counted".formatted(table, expected, counts.length));
    }
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] == Statement.EXECUTE_FAILED) {
        throw new BatchUpdateException(
            "%s: row %d was refused without a reason".formatted(table, i + 1), counts);
      }
      if (counts[i] == 0 && !updatesNothing) {
        throw new SQLException(
            "%s: row %d was accepted but changed nothing".formatted(table, i + 1));
      }
    }
  }
}
