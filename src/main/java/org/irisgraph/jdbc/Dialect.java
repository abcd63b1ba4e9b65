package org.irisgraph.jdbc;

import java.io.Serializable;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What differs between databases; the defaults suit a database that follows the SQL standard.
 * Implementations hold no state.
 */
public interface Dialect extends Serializable {

  /** The types of the columns of this project's tables. */
  enum ColumnType {
    /** Text up to a length. */
    VARCHAR,
    /** Text without a practical limit. */
    TEXT,
    INTEGER,
    BIGINT,
    DOUBLE,
    TIMESTAMP,
    /** A vector of single-precision numbers. */
    VECTOR
  }

  /** The database's name in messages. */
  String name();

  /** Creates a driver of the database. */
  Driver driver() throws SQLException;

  /** The statement that inserts a row or, where its key exists, updates its columns. */
  String upsert(String table, List<String> columns, List<String> key);

  /** The statement that inserts a row and fails where its key exists. */
  default String insert(String table, List<String> columns) {
    return "INSERT INTO %s (%s) VALUES (%s)"
        .formatted(table, String.join(", ", columns), Sql.markers(columns.size()));
  }

  /** The most characters of a text that is not sent as a stream. */
  default int maxStringLength() {
    return Integer.MAX_VALUE;
  }

  /** Whether the database supports {@link IrisHint}s. */
  default boolean hasHints() {
    return false;
  }

  /**
   * Adds hints to a statement of {@link #insert} or {@link #upsert}.
   *
   * @throws IllegalArgumentException if the database does not support them
   */
  default String withHints(String statement, Set<IrisHint> hints) {
    if (!hints.isEmpty()) {
      throw new IllegalArgumentException("%s has no hints such as %s".formatted(name(), hints));
    }
    return statement;
  }

  /**
   * The statement that builds the indexes that {@link IrisHint#NOINDEX} has left out.
   *
   * @throws UnsupportedOperationException if the database has no such hint
   */
  default String buildIndexes(String table) {
    throw new UnsupportedOperationException(name() + " always keeps its indexes");
  }

  /** A type in a CREATE TABLE; {@code length} is used by VARCHAR and VECTOR only. */
  default String columnType(ColumnType type, int length) {
    return switch (type) {
      case VARCHAR -> "VARCHAR(" + length + ")";
      case TEXT -> textType();
      case INTEGER -> "INTEGER";
      case BIGINT -> "BIGINT";
      case DOUBLE -> "DOUBLE PRECISION";
      case TIMESTAMP -> "TIMESTAMP";
      case VECTOR -> vectorType(length);
    };
  }

  /** The type for {@link ColumnType#TEXT}. */
  String textType();

  /** The type for {@link ColumnType#VECTOR}. */
  String vectorType(int dimensions);

  /** Classifies an exception. */
  ErrorClass classify(SQLException exception);

  /** A short name for an error of a row: the database's code, unless that says nothing. */
  default String code(SQLException exception) {
    return exception.getErrorCode() != 0
        ? String.valueOf(exception.getErrorCode())
        : String.valueOf(exception.getSQLState());
  }

  /** Whether a connection fails because another process has the embedded database open. */
  default boolean isInUse(SQLException exception) {
    return false;
  }

  /** Whether a value is longer than what an index can hold, so that no row can have it. */
  default boolean isKeyTooLong(SQLException exception) {
    return false;
  }

  /** Whether a connection is refused because the database, or its licence, has none to spare. */
  default boolean isConnectionLimit(SQLException exception) {
    return false;
  }

  /**
   * Whether a failed statement can be undone alone, so that the bad rows of a batch are found
   * inside its transaction.
   */
  default boolean hasSavepoints() {
    return true;
  }

  /** Whether all statements of a REPEATABLE READ transaction see one state, without locks. */
  default boolean hasSnapshots() {
    return true;
  }

  /** The expression for a text column as it is stored, whatever its collation. */
  default String exactText(String column) {
    return column;
  }

  /** Orders keys; keys that the database takes for equal compare as equal. */
  default Comparator<String> keyOrder() {
    return Comparator.naturalOrder();
  }

  /** The driver's properties for each connection, without user and password. */
  Map<String, String> connectionProperties();

  /** Turns the URL of the settings into the URL for the driver. */
  default String driverUrl(String jdbcUrl) {
    return jdbcUrl;
  }

  /** The statement that prepares a writer's connection, which finds rows by their keys only. */
  default Optional<String> prepareWriter() {
    return Optional.empty();
  }

  /**
   * The statement that undoes {@link #prepareWriter} for one transaction that reads many rows on a
   * writer's connection.
   */
  default Optional<String> prepareReader() {
    return Optional.empty();
  }

  /** Prepares a new connection. */
  default void initialise(Connection connection, IrisIsolation isolation) throws SQLException {}

  /** The leading columns of a table's indexes, in lower case. */
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

  /**
   * The most rows of a table that a transaction changes before the database locks the whole table;
   * empty if it never does, or if that is not known. The connection may be lost by the question.
   */
  default OptionalInt lockThreshold(Connection connection) {
    return OptionalInt.empty();
  }

  /** The statement that creates a schema if it is missing; empty where a table creates it. */
  default Optional<String> createSchema(String schema) {
    return Optional.of("CREATE SCHEMA IF NOT EXISTS " + schema);
  }
}
