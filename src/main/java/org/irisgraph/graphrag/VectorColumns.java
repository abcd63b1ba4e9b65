package org.irisgraph.graphrag;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.irisgraph.jdbc.Dialect;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.jdbc.TablePrivileges;
import org.irisgraph.jdbc.TableShape;
import org.irisgraph.jdbc.VectorColumn;

/** Columns of vectors that must take those of a model. */
final class VectorColumns {

  private VectorColumns() {}

  /**
   * Looks a column up.
   *
   * @param type of the column that a message suggests
   * @throws StoreException.Configuration if the table is missing, or the column, or takes no
   *     vectors or those of another dimension
   */
  static VectorColumn require(
      Connection connection,
      Dialect dialect,
      String table,
      String name,
      Dialect.ColumnType type,
      int dimension)
      throws SQLException, StoreException.Configuration {
    String add =
        "ALTER TABLE %s ADD %s %s"
            .formatted(table, name, dialect.of(connection).columnType(type, dimension));
    String replace = "ALTER TABLE %s DROP COLUMN %s and %s".formatted(table, name, add);
    Optional<VectorColumn> found = dialect.vectorColumn(connection, table, name);
    if (found.isEmpty()) {
      TablePrivileges.requireReadable(
          connection, dialect, List.of(table), "run index first, or correct schema");
      throw new StoreException.Configuration(
          TableShape.lookUp(connection, table).column(name).isEmpty()
              ? "table %s has no column %s for vectors: add it with %s, or set embeddings=none"
                  .formatted(table, name, add)
              : "column %s of table %s has a type that takes no vectors: replace it with %s, which deletes what it holds, or set embeddings=none"
                  .formatted(name, table, replace));
    }
    VectorColumn column = found.get();
    if (column.dimension() != 0 && column.dimension() != dimension) {
      throw new StoreException.Configuration(
          "column %s of table %s takes vectors of %d numbers, but those of the embedding model have %d: choose a model of %d, or let the run compute all anew after %s"
              .formatted(name, table, column.dimension(), dimension, column.dimension(), replace));
    }
    return column;
  }
}
