package org.irisgraph.lease;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Objects;
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
 * The table of leases: a row for each pipeline that is running. Whether a lease is being renewed is
 * seen from a number that rises, so that no two clocks are compared.
 */
final class LeaseTable {

  private static final List<String> COLUMNS =
      List.of(
          "pipeline",
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

  /** A lease that somebody holds. */
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
        Column.text("host", 255),
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

  /** Who holds the lease. */
  Optional<Held> held(Connection connection) throws SQLException {
    List<Row> rows =
        KeyedRows.select(
            connection, settings.table(), COLUMNS, "pipeline", List.of(settings.pipeline()));
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    Row row = rows.get(0);
    return Optional.of(
        new Held(
            (String) row.get(1),
            new ProcessIdentity(
                // An empty string is stored as NULL by some databases.
                Objects.requireNonNullElse((String) row.get(2), ""),
                Objects.requireNonNullElse((String) row.get(3), ""),
                Objects.requireNonNullElse((String) row.get(4), ""),
                Objects.requireNonNullElse((String) row.get(5), ""),
                (Long) row.get(6),
                (Long) row.get(7)),
            (Long) row.get(8),
            (Long) row.get(9),
            (Timestamp) row.get(10)));
  }

  /** Takes a lease that nobody holds; false if somebody was faster. */
  boolean take(Connection connection, ProcessIdentity holder) throws SQLException {
    Timestamp now = now();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO %s (%s) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?)"
                .formatted(settings.table(), String.join(", ", COLUMNS)))) {
      KeyedRows.bind(
          statement,
          settings.pipeline(),
          settings.runId(),
          holder.host(),
          holder.machineId(),
          holder.bootId(),
          holder.pidNamespace(),
          holder.pid(),
          holder.start(),
          settings.millis(),
          now,
          now);
      statement.executeUpdate();
      return true;
    } catch (SQLException e) {
      if (held(connection).isEmpty()) {
        throw e;
      }
      return false;
    }
  }

  /** Takes the lease from a holder that has not renewed it since; false if somebody was faster. */
  boolean takeOver(Connection connection, Held from, ProcessIdentity holder) throws SQLException {
    Timestamp now = now();
    try (PreparedStatement statement =
        connection.prepareStatement(
            ("UPDATE %s SET run_id = ?, host = ?, machine_id = ?, boot_id = ?, pid_namespace = ?,"
                 + " pid = ?, process_start = ?, lease_millis = ?, renewals = 0, acquired_at = ?,"
                 + " renewed_at = ? WHERE pipeline = ? AND run_id = ? AND renewals = ?")
                .formatted(settings.table()))) {
      KeyedRows.bind(
          statement,
          settings.runId(),
          holder.host(),
          holder.machineId(),
          holder.bootId(),
          holder.pidNamespace(),
          holder.pid(),
          holder.start(),
          settings.millis(),
          now,
          now,
          settings.pipeline(),
          from.runId(),
          from.renewals());
      return statement.executeUpdate() == 1;
    }
  }

  /** Renews this run's lease; false if it is not this run's any more. */
  boolean renew(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "UPDATE %s SET renewals = renewals + 1, renewed_at = ? WHERE pipeline = ? AND run_id = ?"
                .formatted(settings.table()))) {
      KeyedRows.bind(statement, now(), settings.pipeline(), settings.runId());
      return statement.executeUpdate() == 1;
    }
  }

  /** Gives this run's lease back, if it still is. */
  void release(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "DELETE FROM %s WHERE pipeline = ? AND run_id = ?".formatted(settings.table()))) {
      KeyedRows.bind(statement, settings.pipeline(), settings.runId());
      statement.executeUpdate();
    }
  }

  private static Timestamp now() {
    return new Timestamp(System.currentTimeMillis());
  }
}
