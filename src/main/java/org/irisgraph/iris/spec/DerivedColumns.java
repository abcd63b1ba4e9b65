package org.irisgraph.iris.spec;

import java.io.Serializable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.irisgraph.jdbc.InList;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.TableShape;

/**
 * Columns whose values other programs derive from an element's content, such as the vector of a
 * text. They become null in the transaction that stores new content, so that no value stays beside
 * content that it was not derived from.
 *
 * @param table {@code SCHEMA.TABLE}
 * @param key the column of its primary key, which has the element's key
 * @param columns the columns; those that the table does not have are ignored
 */
public record DerivedColumns(String table, String key, List<String> columns)
    implements Serializable {

  public DerivedColumns {
    columns = List.copyOf(columns);
  }

  /** Those of the columns that a table has and that can be null; empty if there is none. */
  public Optional<DerivedColumns> in(TableShape shape) {
    List<String> present =
        columns.stream()
            .filter(column -> shape.column(column).filter(TableShape.Column::nullable).isPresent())
            .toList();
    return present.isEmpty()
        ? Optional.empty()
        : Optional.of(new DerivedColumns(table, key, present));
  }

  /** Sets the columns of these rows to null where they are not. */
  public void clear(Connection connection, Collection<String> keys) throws SQLException {
    for (String column : columns) {
      for (InList list : InList.of(keys)) {
        try (PreparedStatement statement =
            connection.prepareStatement(
                "UPDATE %s SET %s = NULL WHERE %s IN (%s) AND %s IS NOT NULL"
                    .formatted(table, column, key, list.markers(), column))) {
          KeyedRows.bind(statement, list.parameters().toArray());
          statement.executeUpdate();
        }
      }
    }
  }
}
