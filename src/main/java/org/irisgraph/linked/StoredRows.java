package org.irisgraph.linked;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.irisgraph.jdbc.Dialect;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.Row;
import org.irisgraph.jdbc.Sql;
import org.irisgraph.jdbc.TableDefinition;

/** The rows of nodes or of edges, as they are stored; the first column is the key. */
final class StoredRows {

  private final Dialect dialect;
  private final String table;
  private final List<String> columns;

  StoredRows(Dialect dialect, String table, List<String> columns) {
    this.dialect = dialect;
    this.table = table;
    this.columns = columns;
  }

  /** All columns of a table. */
  static StoredRows of(Dialect dialect, TableDefinition table) {
    return new StoredRows(dialect, table.table(), table.columnNames());
  }

  /**
   * What is to be done so that the table has the right rows.
   *
   * @param written rows that are missing or wrong
   * @param deleted keys of rows that are not to be there
   */
  record Difference(StoredRows table, List<Row> written, List<String> deleted)
      implements Correction {

    @Override
    public int size() {
      return written.size() + deleted.size();
    }

    /** The part from one change to another, deletions first. */
    @Override
    public Difference part(int from, int to) {
      int deletions = deleted.size();
      return new Difference(
          table,
          written.subList(clamp(from - deletions), clamp(to - deletions)),
          deleted.subList(Math.min(from, deletions), Math.min(to, deletions)));
    }

    private int clamp(int index) {
      return Math.min(Math.max(index, 0), written.size());
    }

    @Override
    public void apply(Connection connection) throws SQLException {
      KeyedRows.delete(connection, table.table, table.columns.get(0), deleted);
      table.write(connection, written);
    }
  }

  /** The rows in which each of these columns is in one of the ranges. */
  Map<String, Row> select(Connection connection, List<NodeRange> ranges, String... among)
      throws SQLException {
    Map<String, Row> rows = new TreeMap<>(dialect.keyOrder());
    for (NodeRange first : ranges) {
      if (among.length == 1) {
        read(connection, first.on(among[0]), first.parameters(), rows);
        continue;
      }
      for (NodeRange second : ranges) {
        List<String> parameters = new ArrayList<>(first.parameters());
        parameters.addAll(second.parameters());
        read(connection, first.on(among[0]) + " AND " + second.on(among[1]), parameters, rows);
      }
    }
    return rows;
  }

  private void read(
      Connection connection, String condition, List<String> parameters, Map<String, Row> rows)
      throws SQLException {
    for (Row row : KeyedRows.selectWhere(connection, table, columns, condition, parameters)) {
      rows.put(row.text(0), row);
    }
  }

  Difference difference(Map<String, Row> right, Map<String, Row> stored) {
    List<Row> written = new ArrayList<>();
    right.forEach(
        (key, row) -> {
          if (!row.equals(stored.get(key))) {
            written.add(row);
          }
        });
    return new Difference(
        this, written, stored.keySet().stream().filter(key -> !right.containsKey(key)).toList());
  }

  private void write(Connection connection, Collection<Row> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    try (PreparedStatement statement =
        connection.prepareStatement(dialect.upsert(table, columns, columns.subList(0, 1)))) {
      for (Row row : rows) {
        for (int i = 0; i < columns.size(); i++) {
          Sql.bind(statement, i + 1, row.get(i));
        }
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }
}
