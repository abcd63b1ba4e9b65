package org.irisgraph.jdbc;

import java.io.Serializable;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What differs from one database to the next. Implementations hold no state. */
public interface Dialect extends Serializable {

  /** The types that the tables of this project need. */
  enum ColumnType {
    /** Characters up to a length. */
    VARCHAR,
    /** Characters without a practical limit. */
    TEXT,
    INTEGER,
    BIGINT,
    DOUBLE,
    TIMESTAMP,
    /** A vector of single-precision numbers. */
    VECTOR
  }

  /** The name for people. */
  String name();

  /** A new driver of the database. */
  Driver driver() throws SQLException;

  /** The statement that inserts a row or, where its key exists, updates its columns. */
  String upsert(String table, List<String> columns, List<String> key);

  /** The statement that inserts a row and fails where its key exists. */
  default String insert(String table, List<String> columns) {
    return "INSERT INTO %s (%s) VALUES (%s)"
        .formatted(table, String.join(", ", columns), Sql.markers(columns.size()));
  }

  /** Whether the database knows {@link IrisHint}s. */
  default boolean hasHints() {
    return false;
  }

  /**
   * A statement of {@link #insert} or {@link #upsert} with hints.
   *
   * @throws IllegalArgumentException if the database does not know them
   */
  default String withHints(String statement, Set<IrisHint> hints) {
    if (!hints.isEmpty()) {
      throw new IllegalArgumentException("%s has no hints such as %s".formatted(name(), hints));
    }
    return statement;
  }

  /**
   * The statement that builds the indexes that {@link IrisHint#NOINDEX} has left out, or null where
   * there is no such hint.
   */
  default String buildIndexes(String table) {
    return null;
  }

  /** A type in a CREATE TABLE; {@code length} is that of VARCHAR and VECTOR and else ignored. */
  String columnType(ColumnType type, int length);

  /** What an exception means; link failures are told from their SQLState. */
  ErrorClass classify(SQLException exception);

  /** Whether a connection is refused since another process has the embedded database open. */
  default boolean isInUse(SQLException exception) {
    return false;
  }

  /**
   * Whether a failed statement can be undone alone, so that the bad rows of a batch are found
   * inside its transaction.
   */
  boolean hasSavepoints();

  /** Whether two texts that differ in case alone are equal in a key. */
  boolean ignoresCase();

  /** What every connection needs, beside the user and the password. */
  Map<String, String> connectionProperties();

  /** The URL that the driver is given for one of the settings. */
  default String driverUrl(String jdbcUrl) {
    return jdbcUrl;
  }

  /**
   * A statement for each connection of the writers, which find rows by their keys only; or null.
   */
  default String prepareWriter() {
    return null;
  }

  /**
   * A statement for a transaction in which one of the writers' connections reads many rows, which
   * takes back for its time what {@link #prepareWriter} says; or null.
   */
  default String prepareReader() {
    return null;
  }

  /** Prepares a new connection. */
  default void initialise(Connection connection) throws SQLException {}

  /** The columns, in lower case, with which an index of a table begins. */
  default Set<String> indexedColumns(Connection connection, String table) throws SQLException {
    DatabaseMetaData metadata = connection.getMetaData();
    String stored =
        metadata.storesLowerCaseIdentifiers()
            ? table.toLowerCase(Locale.ROOT)
            : metadata.storesUpperCaseIdentifiers() ? table.toUpperCase(Locale.ROOT) : table;
    int dot = stored.indexOf('.');
    Set<String> columns = new HashSet<>();
    try (ResultSet indexes =
        metadata.getIndexInfo(
            null, stored.substring(0, dot), stored.substring(dot + 1), false, true)) {
      while (indexes.next()) {
        String column = indexes.getString("COLUMN_NAME");
        if (column != null && indexes.getInt("ORDINAL_POSITION") == 1) {
          columns.add(column.toLowerCase(Locale.ROOT));
        }
      }
    }
    return columns;
  }

  /** The statement that makes sure of a schema, or null where a table brings its schema along. */
  String createSchema(String schema);
}
