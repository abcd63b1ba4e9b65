package org.irisgraph.lease;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.irisgraph.jdbc.Dialect;
import org.irisgraph.jdbc.Dialect.ColumnType;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.RequiredTables;
import org.irisgraph.jdbc.Row;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.jdbc.TableDefinition;
import org.irisgraph.jdbc.TableDefinition.Column;

/**
 * The table of leases, one row per running pipeline. Each renewal increments a counter, so that
 * observers need not compare clocks.
 */
final class LeaseTable {

  /** The longest name of a host, in characters. */
  static final int MAX_HOST = 255;

  private static final List<String> HOLDER_COLUMNS =
      List.of(
          "run_id",
          "host",
          "machine_id",
          "boot_id",
          "pid_namespace",
          "pid",
          "process_start",
          "lease_millis",
          "renewals",
          "acquired_at",
          "renewed_at");

  private final LeaseSettings settings;

  LeaseTable(LeaseSettings settings) {
    this.settings = settings;
  }

  /** A lease that a run holds. */
  record Held(
      String runId, ProcessIdentity holder, long millis, long renewals, Timestamp acquiredAt) {}

  /**
   * Creates the table if it is missing.
   *
   * @throws StoreException if it is missing and not to be created; the message has the statements
   */
  void prepare(Connection connection, Dialect dialect, boolean create)
      throws SQLException, StoreException {
    new RequiredTables(dialect, List.of(definition())).prepare(connection, create);
  }

  TableDefinition definition() {
    return TableDefinition.of(
        settings.table(),
        "pipeline",
        Column.required("pipeline", 255),
        Column.required("run_id", 255),
        Column.text("host", MAX_HOST),
        Column.text("machine_id", 255),
        Column.text("boot_id", 255),
        Column.text("pid_namespace", 255),
        Column.of("pid", ColumnType.BIGINT),
        Column.of("process_start", ColumnType.BIGINT),
        Column.of("lease_millis", ColumnType.BIGINT),
        Column.of("renewals", ColumnType.BIGINT),
        Column.of("acquired_at", ColumnType.TIMESTAMP),
        Column.of("renewed_at", ColumnType.TIMESTAMP));
  }

  /** The lease that is held, if any. */
  Optional<Held> held(Connection connection) throws SQLException {
    List<Row> rows =
        KeyedRows.selectWhere(
            connection,
            settings.table(),
            HOLDER_COLUMNS,
            "pipeline = ?",
            List.of(settings.pipeline()));
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    Row row = rows.get(0);
    return Optional.of(
        new Held(
            row.text(0),
            new ProcessIdentity(
                textOrEmpty(row, 1),
                textOrEmpty(row, 2),
                textOrEmpty(row, 3),
                textOrEmpty(row, 4),
                row.number(5),
                row.number(6)),
            row.number(7),
            row.number(8),
            row.timestamp(9)));
  }

  /** Some databases store an empty string as NULL. */
  private static String textOrEmpty(Row row, int column) {
    return row.get(column) instanceof String text ? text : "";
  }

  /** Takes a free lease; returns false if another run was faster. */
  boolean take(Connection connection, ProcessIdentity holder) throws SQLException {
    List<Object> values = values(holder);
    values.add(settings.pipeline());
    try {
      return update(
          connection,
          "INSERT INTO %s (%s, pipeline) VALUES (%s, ?)"
              .formatted(
                  settings.table(),
                  String.join(", ", HOLDER_COLUMNS),
                  String.join(", ", Collections.nCopies(HOLDER_COLUMNS.size(), "?"))),
          values);
    } catch (SQLException e) {
      if (held(connection).isEmpty()) {
        throw e;
      }
      return false;
    }
  }

  /** Takes the lease from a holder unless that has renewed it or another run was faster. */
  boolean takeOver(Connection connection, Held from, ProcessIdentity holder) throws SQLException {
    List<Object> values = values(holder);
    values.addAll(List.of(settings.pipeline(), from.runId(), from.renewals()));
    return update(
        connection,
        "UPDATE %s SET %s = ? WHERE pipeline = ? AND run_id = ? AND renewals = ?"
            .formatted(settings.table(), String.join(" = ?, ", HOLDER_COLUMNS)),
        values);
  }

  /** The values of {@link #HOLDER_COLUMNS} for this run's new lease. */
  private List<Object> values(ProcessIdentity holder) {
    Timestamp now = now();
    return new ArrayList<>(
        List.of(
            settings.runId(),
            holder.host(),
            holder.machineId(),
            holder.bootId(),
            holder.pidNamespace(),
            holder.pid(),
            holder.start(),
            settings.millis(),
            0L,
            now,
            now));
  }

  /** Renews this run's lease; returns false if another run has taken it. */
  boolean renew(Connection connection) throws SQLException {
    return update(
        connection,
        "UPDATE %s SET renewals = renewals + 1, renewed_at = ? WHERE pipeline = ? AND run_id = ?"
            .formatted(settings.table()),
        List.of(now(), settings.pipeline(), settings.runId()));
  }

  /** Gives this run's lease back, unless another run has taken it. */
  void release(Connection connection) throws SQLException {
    update(
        connection,
        "DELETE FROM %s WHERE pipeline = ? AND run_id = ?".formatted(settings.table()),
        List.of(settings.pipeline(), settings.runId()));
  }

  /** Whether the statement changed the row. */
  private static boolean update(Connection connection, String sql, List<Object> values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      KeyedRows.bind(statement, values.toArray());
      return statement.executeUpdate() == 1;
    }
  }

  private static Timestamp now() {
    return new Timestamp(System.currentTimeMillis());
  }
}
