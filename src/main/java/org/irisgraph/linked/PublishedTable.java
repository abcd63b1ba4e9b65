package org.irisgraph.linked;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.irisgraph.graph.Embedding;
import org.irisgraph.jdbc.Dialect;
import org.irisgraph.jdbc.InList;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.Row;
import org.irisgraph.jdbc.Sql;
import org.irisgraph.jdbc.TableShape;
import org.irisgraph.jdbc.VectorColumn;
import org.irisgraph.linked.PublishedChanges.Change;
import org.jspecify.annotations.Nullable;

/**
 * A table of iris-vector-graph. From 4.0 on its rows belong to named graphs; ours belong to the
 * default one.
 */
final class PublishedTable {

  private final Dialect dialect;
  private final TableShape shape;
  private final List<String> key;
  private final @Nullable String value;
  private final String ofDefaultGraph;

  private PublishedTable(
      Dialect dialect, TableShape shape, List<String> key, @Nullable String value) {
    this.dialect = dialect;
    this.shape = shape;
    this.key = key;
    this.value = value;
    this.ofDefaultGraph =
        shape
            .column("graph_id")
            .map(graph -> graph.nullable() ? " AND graph_id IS NULL" : " AND graph_id = ''")
            .orElse("");
  }

  /**
   * Looks a table up.
   *
   * @param key the columns of its key
   * @param value its other column, null if there is none
   */
  static PublishedTable lookUp(
      Connection connection,
      Dialect dialect,
      String table,
      List<String> key,
      @Nullable String value)
      throws SQLException {
    return new PublishedTable(dialect, TableShape.lookUp(connection, table), key, value);
  }

  /** {@code SCHEMA.TABLE}. */
  String name() {
    return shape.table();
  }

  boolean exists() {
    return shape.exists();
  }

  /** The rows, by their keys, in which the columns have one of these values each. */
  Map<List<String>, @Nullable String> select(
      Connection connection, Map<String, ? extends Collection<String>> among) throws SQLException {
    Map<List<String>, @Nullable String> rows = new LinkedHashMap<>();
    if (exists()) {
      select(connection, new ArrayList<>(among.keySet()), among, "", List.of(), rows);
    }
    return rows;
  }

  private void select(
      Connection connection,
      List<String> columns,
      Map<String, ? extends Collection<String>> among,
      String condition,
      List<String> parameters,
      Map<List<String>, @Nullable String> rows)
      throws SQLException {
    if (!columns.isEmpty()) {
      String column = columns.get(0);
      for (InList list : InList.of(Objects.requireNonNull(among.get(column)))) {
        List<String> all = new ArrayList<>(parameters);
        all.addAll(list.parameters());
        select(
            connection,
            columns.subList(1, columns.size()),
            among,
            "%s%s%s IN (%s)"
                .formatted(condition, condition.isEmpty() ? "" : " AND ", column, list.markers()),
            all,
            rows);
      }
      return;
    }
    for (Row row :
        KeyedRows.selectWhere(
            connection, shape.table(), columns(), condition + ofDefaultGraph, parameters)) {
      List<String> values = new ArrayList<>();
      for (int i = 0; i < key.size(); i++) {
        values.add(row.text(i));
      }
      rows.put(List.copyOf(values), value == null ? null : (String) row.get(key.size()));
    }
  }

  private List<String> columns() {
    List<String> columns = new ArrayList<>(key.stream().map(dialect::identifier).toList());
    if (value != null) {
      columns.add(value);
    }
    return columns;
  }

  /** Whether the columns, and an index of the database, can hold a key. */
  boolean fits(List<String> values) {
    int bytes = 0;
    for (int i = 0; i < values.size(); i++) {
      bytes += values.get(i).getBytes(StandardCharsets.UTF_8).length;
      if (values.get(i).length() > length(key.get(i))) {
        return false;
      }
    }
    return bytes <= dialect.maxKeyBytes();
  }

  /** The beginning of a value that its column can hold, without half a character. */
  String fitting(String text) {
    int length = value == null ? 0 : length(value);
    if (text.length() <= length) {
      return text;
    }
    return text.substring(0, length - (Character.isHighSurrogate(text.charAt(length - 1)) ? 1 : 0));
  }

  private int length(String column) {
    return shape.column(column).map(TableShape.Column::maxLength).orElse(0);
  }

  Change insert(List<String> keyOfRow, @Nullable String newValue) {
    List<@Nullable Object> parameters = new ArrayList<>(keyOfRow);
    if (value != null) {
      parameters.add(newValue);
    }
    return new Change(dialect.insert(shape.table(), columns()), parameters);
  }

  Change update(List<String> keyOfRow, @Nullable String newValue) {
    List<@Nullable Object> parameters = new ArrayList<>();
    parameters.add(newValue);
    parameters.addAll(keyOfRow);
    return new Change(
        "UPDATE %s SET %s = ? WHERE %s".formatted(shape.table(), value, keyCondition()),
        parameters);
  }

  Change delete(List<String> keyOfRow) {
    return new Change(
        "DELETE FROM %s WHERE %s".formatted(shape.table(), keyCondition()), List.copyOf(keyOfRow));
  }

  /** The insert of a vector. */
  Change insert(String keyOfRow, VectorColumn column, Embedding vector) {
    return new Change(
        Sql.withMarkers(
            dialect.insert(shape.table(), List.of(key.get(0), column.name())),
            List.of("?", column.marker())),
        List.of(keyOfRow, column.value(vector)));
  }

  /** The update of a vector. */
  Change update(String keyOfRow, VectorColumn column, Embedding vector) {
    return new Change(
        "UPDATE %s SET %s = %s WHERE %s"
            .formatted(shape.table(), column.name(), column.marker(), keyCondition()),
        List.of(column.value(vector), keyOfRow));
  }

  private String keyCondition() {
    return key.stream()
            .map(column -> dialect.identifier(column) + " = ?")
            .collect(Collectors.joining(" AND "))
        + ofDefaultGraph;
  }
}
