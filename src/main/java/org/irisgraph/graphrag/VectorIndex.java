package org.irisgraph.graphrag;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.irisgraph.jdbc.Dialect;
import org.irisgraph.jdbc.ErrorClassifier;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.jdbc.VectorColumn;

/**
 * The index with which the nearest vectors are found without reading all of them. It is created
 * after a load, since loading under it is several times slower.
 */
public final class VectorIndex {

  private final Dialect dialect;
  private final String table;
  private final VectorColumn column;
  private final String statement;

  /**
   * Describes the index of a column.
   *
   * @param table {@code SCHEMA.TABLE}
   * @throws StoreException.Configuration if the database has no such index for the column
   */
  public VectorIndex(Dialect dialect, String table, VectorColumn column)
      throws StoreException.Configuration {
    this.dialect = dialect;
    this.table = table;
    this.column = column;
    if (column.index() == null) {
      throw new StoreException.Configuration(
          "%s has no HNSW index for column %s of table %s: set vectorIndex=none, or use IRIS 2025.1 or later, or a column of pgvector's type"
              .formatted(dialect.name(), column.name(), table));
    }
    this.statement =
        "CREATE INDEX idx_hnsw_%s_%s ON %s"
            .formatted(
                table.substring(table.indexOf('.') + 1),
                column.name(),
                column.index().formatted(table));
  }

  /** Whether the column has an index. */
  private boolean exists(Connection connection) throws SQLException {
    return dialect.indexedColumns(connection, table).contains(column.name());
  }

  /**
   * Creates the index unless there is one; the server sends nothing until it is built.
   *
   * @return whether it was created
   * @throws StoreException.Configuration if the database refuses
   */
  public boolean create(Connection connection) throws SQLException, StoreException.Configuration {
    if (exists(connection)) {
      return false;
    }
    try (Statement created = connection.createStatement()) {
      created.execute(statement);
      return true;
    } catch (SQLException e) {
      // Another run may have created it at this moment.
      if (exists(connection)) {
        return false;
      }
      throw new StoreException.Configuration(
          "the index of vectors could not be created (%s); all documents are stored: run\n%s;"
              .formatted(ErrorClassifier.message(e), statement),
          e);
    }
  }
}
