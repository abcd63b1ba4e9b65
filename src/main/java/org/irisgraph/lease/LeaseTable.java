package org.irisgraph.lease;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.irisgraph.jdbc.Dialect;
import org.irisgraph.jdbc.Dialect.ColumnType;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.Row;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.jdbc.TableShape;

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
   * Makes sure of the table.
   *
   * @throws StoreException if it is missing and not to be created, with the statements that do
   */
  void prepare(Connection connection, Dialect dialect, boolean create)
      throws SQLException, StoreException {
    if (TableShape.lookUp(connection, settings.table()).exists()) {
      return;
    }
    List<String> statements = statements(dialect);
    if (!create) {
      throw new StoreException.Configuration(
          "the table of leases %s does not exist: --createTables makes it, or run\n%s;"
              .formatted(settings.table(), String.join(";\n", statements)),
          null);
    }
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      // Another run may be creating it at this moment.
      if (!TableShape.lookUp(connection, settings.table()).exists()) {
        throw e;
      }
    }
  }

  private List<String> statements(Dialect dialect) {
    List<String> statements = new ArrayList<>();
    String schema =
        dialect.createSchema(settings.table().substring(0, settings.table().indexOf('.')));
    if (schema != null) {
      statements.add(schema);
    }
    String text = dialect.columnType(ColumnType.VARCHAR, 255);
    String number = dialect.columnType(ColumnType.BIGINT, 0);
    String time = dialect.columnType(ColumnType.TIMESTAMP, 0);
    statements.add(
        """
        CREATE TABLE %1$s (
          pipeline %2$s NOT NULL,
          run_id %2$s NOT NULL,
          host %2$s,
          machine_id %2$s,
          boot_id %2$s,
          pid_namespace %2$s,
          pid %3$s,
          process_start %3$s,
          lease_millis %3$s,
          renewals %3$s,
          acquired_at %4$s,
          renewed_at %4$s,
          PRIMARY KEY (pipeline)
        )"""
            .formatted(settings.table(), text, number, time));
    return statements;
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
            ("UPDATE %s SET run_id = ?, host = ?, machine_id = ?, boot_id = ?, pid_namespace = ?, pid = ?,"
                    + " process_start = ?, lease_millis = ?, renewals = 0, acquired_at = ?,"
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
