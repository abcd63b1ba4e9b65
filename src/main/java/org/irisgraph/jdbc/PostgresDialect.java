package org.irisgraph.jdbc;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** PostgreSQL 9.5 and later. */
final class PostgresDialect implements Dialect {

  private static final String TOO_MANY_CONNECTIONS = "53300";

  /** The types of arrays that hold vectors, as pg_type names them. */
  private static final Set<String> ARRAYS = Set.of("_float4", "_float8", "_numeric");

  /** The types of pgvector, whose modifiers are their dimensions. */
  private static final Set<String> PGVECTOR = Set.of("vector", "halfvec");

  private final boolean hasPgvector;

  /** A server without pgvector. */
  PostgresDialect() {
    this(false);
  }

  private PostgresDialect(boolean hasPgvector) {
    this.hasPgvector = hasPgvector;
  }

  @Override
  public Dialect of(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("SELECT to_regtype('vector') IS NOT NULL")) {
      return new PostgresDialect(found.next() && found.getBoolean(1));
    }
  }

  @Override
  public String name() {
    return "PostgreSQL";
  }

  /**
   * The server does it by itself within a minute or two of a load. Until then it takes each column
   * for one of 200 values, and reads a whole table for a list of 250 keys. A user who does not own
   * the table gets a warning.
   */
  @Override
  public Optional<String> analysis(String table) {
    return Optional.of("ANALYZE " + table);
  }

  @Override
  public boolean sumsUp() {
    return true;
  }

  @Override
  public Driver driver() {
    return new org.postgresql.Driver();
  }

  @Override
  public String driverCoordinates() {
    return "org.postgresql:postgresql";
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

  @Override
  public String character(int code) {
    return "CHR(%s)".formatted(code);
  }

  @Override
  public String textType() {
    return "TEXT";
  }

  /**
   * The driver takes a limit when it reads, after the server has planned, and perhaps sorted all.
   */
  @Override
  public String first(String query, int most) {
    return query + " LIMIT " + most;
  }

  /** An array, if the server does without the extension. */
  @Override
  public String vectorType(int dimensions) {
    return hasPgvector ? "vector(%s)".formatted(dimensions) : "REAL[]";
  }

  /** Only pgvector computes products; its operator gives the negative one. */
  @Override
  public Optional<String> nearest(String table, String id, VectorColumn column, int most) {
    return column.isArray()
        ? Optional.empty()
        : Optional.of(
            "SELECT %s, -(%s <#> %s) AS score FROM %s WHERE %s IS NOT NULL ORDER BY score DESC LIMIT %s"
                .formatted(id, column.name(), column.marker(), table, column.name(), most));
  }

  /** An array, or a column of the extension pgvector. */
  @Override
  public Optional<VectorColumn> vectorColumn(Connection connection, String table, String name)
      throws SQLException {
    int dot = table.indexOf('.');
    return KeyedRows.selectWhere(
            connection,
            "pg_attribute A JOIN pg_type T ON T.oid = A.atttypid"
                + " JOIN pg_class C ON C.oid = A.attrelid"
                + " JOIN pg_namespace S ON S.oid = C.relnamespace",
            List.of("T.typname", "CAST(A.atttypmod AS BIGINT)"),
            "S.nspname = ? AND C.relname = ? AND A.attname = ? AND NOT A.attisdropped",
            List.of(
                table.substring(0, dot).toLowerCase(Locale.ROOT),
                table.substring(dot + 1).toLowerCase(Locale.ROOT),
                name))
        .stream()
        .findFirst()
        .filter(column -> PGVECTOR.contains(column.text(0)) || ARRAYS.contains(column.text(0)))
        .map(
            column ->
                PGVECTOR.contains(column.text(0))
                    ? new VectorColumn(
                        name,
                        "CAST('[' || CAST(? AS text) || ']' AS %s)".formatted(column.text(0)),
                        false,
                        (int) Math.max(0, column.number(1)),
                        "%%s USING hnsw (%s %s_ip_ops)".formatted(name, column.text(0)))
                    : new VectorColumn(name, "?", true, 0));
  }

  @Override
  public ErrorClass classify(SQLException exception) {
    return ErrorTable.byState(ErrorTable.POSTGRESQL, exception);
  }

  @Override
  public boolean isConnectionLimit(SQLException exception) {
    return TOO_MANY_CONNECTIONS.equals(exception.getSQLState());
  }

  /**
   * Lets the driver rewrite batches of inserts into multi-row statements, and notices a dead server
   * by the socket's time limit (seconds). Error details are off since they quote the row, and a log
   * must not contain texts.
   */
  @Override
  public Map<String, String> connectionProperties(String jdbcUrl) {
    return Map.of(
        "logServerErrorDetail", "false",
        "reWriteBatchedInserts", "true",
        "tcpKeepAlive", "true",
        "connectTimeout", "10",
        "socketTimeout", "120",
        "ApplicationName", "iris-graph-indexer");
  }

  /** Those of the server that are left, unless the database or the user may have fewer. */
  @Override
  public OptionalInt freeConnections(Connection connection) throws SQLException {
    return number(
        connection,
        """
        SELECT LEAST(
          CAST(current_setting('max_connections') AS INTEGER)
            - CAST(current_setting('superuser_reserved_connections') AS INTEGER)
            - (SELECT COUNT(*) FROM pg_stat_activity WHERE backend_type = 'client backend'),
          (SELECT datconnlimit - (SELECT COUNT(*) FROM pg_stat_activity WHERE datname = d.datname)
            FROM pg_database d WHERE datname = current_database() AND datconnlimit >= 0),
          (SELECT rolconnlimit - (SELECT COUNT(*) FROM pg_stat_activity WHERE usename = rolname)
            FROM pg_roles WHERE rolname = current_user AND rolconnlimit >= 0))
        """);
  }

  /** CREATE SCHEMA IF NOT EXISTS needs the privilege on the database even if there is one. */
  @Override
  public Optional<Boolean> mayCreateTables(Connection connection, String schema)
      throws SQLException {
    OptionalInt may =
        number(
            connection,
            "SELECT CASE WHEN has_database_privilege(current_database(), 'CREATE')"
                + " AND COALESCE((SELECT has_schema_privilege(oid, 'CREATE') FROM pg_namespace"
                + " WHERE nspname = '%s'), TRUE) THEN 1 ELSE 0 END"
                    .formatted(schema.toLowerCase(Locale.ROOT)));
    return Optional.of(may.orElse(0) == 1);
  }

  /** The catalog has tables of schemas that the user may not use; INFORMATION_SCHEMA has not. */
  @Override
  public Optional<Privilege> missingPrivilege(Connection connection, String table)
      throws SQLException {
    int dot = table.indexOf('.');
    return KeyedRows.selectWhere(
            connection,
            "pg_class C JOIN pg_namespace S ON S.oid = C.relnamespace",
            List.of(
                "CASE WHEN NOT has_schema_privilege(S.oid, 'USAGE') THEN 2"
                    + " WHEN NOT has_any_column_privilege(C.oid, 'SELECT') THEN 1 ELSE 0 END"),
            "S.nspname = ? AND C.relname = ?",
            List.of(
                table.substring(0, dot).toLowerCase(Locale.ROOT),
                table.substring(dot + 1).toLowerCase(Locale.ROOT)))
        .stream()
        .findFirst()
        .map(found -> (int) found.number(0))
        .filter(missing -> missing > 0)
        .map(missing -> missing == 2 ? Privilege.USAGE_OF_SCHEMA : Privilege.SELECT_ON_TABLE);
  }

  private static OptionalInt number(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      int value = Math.max(0, row.getInt(1));
      return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
    }
  }

  /**
   * Forbids sequential scans. A look-up that was planned while the table was empty scans it, and
   * the plan is kept until statistics are taken: a first load would slow down with each row until
   * autovacuum runs.
   */
  @Override
  public Optional<String> prepareWriter() {
    return Optional.of("SET enable_seqscan = off");
  }

  @Override
  public Optional<String> prepareReader() {
    return Optional.of("SET LOCAL enable_seqscan TO DEFAULT");
  }
}
