package org.irisgraph.jdbc;

import java.sql.Driver;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** PostgreSQL 9.5 and later. */
final class PostgresDialect implements Dialect {

  @Override
  public String name() {
    return "PostgreSQL";
  }

  @Override
  public Driver driver() {
    return new org.postgresql.Driver();
  }

  @Override
  public String upsert(String table, List<String> columns, List<String> key) {
    String assignments =
        columns.stream()
            .filter(column -> !key.contains(column))
            .map(column -> column + " = EXCLUDED." + column)
            .collect(Collectors.joining(", "));
    return "INSERT INTO %s (%s) VALUES (%s) ON CONFLICT (%s) DO %s"
        .formatted(
            table,
            String.join(", ", columns),
            Sql.markers(columns.size()),
            String.join(", ", key),
            assignments.isEmpty() ? "NOTHING" : "UPDATE SET " + assignments);
  }

  /** REAL[] stands for a vector, so that no extension is needed. */
  @Override
  public String columnType(ColumnType type, int length) {
    return switch (type) {
      case VARCHAR -> "VARCHAR(" + length + ")";
      case TEXT -> "TEXT";
      case INTEGER -> "INTEGER";
      case BIGINT -> "BIGINT";
      case DOUBLE -> "DOUBLE PRECISION";
      case TIMESTAMP -> "TIMESTAMP";
      case VECTOR -> "REAL[]";
    };
  }

  @Override
  public ErrorClass classify(SQLException exception) {
    return SqlStates.classify(exception);
  }

  @Override
  public boolean hasSavepoints() {
    return true;
  }

  /**
   * Batches of inserts are rewritten into multi-row statements by the driver; a dead server is
   * noticed by the socket's time limit (seconds). The server's details of an error, and the
   * driver's of a batch, quote the row: texts have no place in a log.
   */
  @Override
  public Map<String, String> connectionProperties() {
    return Map.of(
        "logServerErrorDetail", "false",
        "reWriteBatchedInserts", "true",
        "tcpKeepAlive", "true",
        "connectTimeout", "10",
        "socketTimeout", "120",
        "ApplicationName", "iris-graph-indexer");
  }

  /**
   * A look-up that was planned while the table was empty reads the whole of it, and is kept until
   * statistics are taken: a first load would grow slower with each row until autovacuum comes by.
   */
  @Override
  public String prepareWriter() {
    return "SET enable_seqscan = off";
  }

  @Override
  public String prepareReader() {
    return "SET LOCAL enable_seqscan TO DEFAULT";
  }

  @Override
  public boolean ignoresCase() {
    return false;
  }

  @Override
  public String createSchema(String schema) {
    return "CREATE SCHEMA IF NOT EXISTS " + schema;
  }
}
