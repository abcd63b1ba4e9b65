package org.irisgraph.run;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.irisgraph.base.ErrorText;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.LauncherConnection;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.UsageException;
import org.irisgraph.plan.JdbcInput;
import org.irisgraph.table.TableDescription;
import org.irisgraph.table.TableSource;
import org.joda.time.Duration;

/** Asks the database of {@code jdbcInput} about the table or query that is to be read. */
public final class InputTable {

  private InputTable() {}

  /**
   * Describes the table or query; empty if files are read.
   *
   * @throws StoreException if its database cannot be connected to
   * @throws UsageException if there is no such table or column
   */
  public static Optional<TableSource> describe(IndexingOptions options)
      throws SQLException, StoreException, InterruptedException {
    if (!JdbcInput.isSet(options)) {
      return Optional.empty();
    }
    ConnectionSettings settings = JdbcInput.connection(options);
    try (LauncherConnection connection = open(options)) {
      return Optional.of(
          new TableDescription(JdbcInput.request(options), settings).describe(connection.get()));
    } catch (IllegalArgumentException e) {
      throw new UsageException(ErrorText.of(e));
    }
  }

  /**
   * Refuses to read the target database under another name: its documents would be taken for copies
   * and written again.
   *
   * @param leases the table that holds this run's lease, whose id no other database knows
   */
  static void requireOtherDatabase(IndexingOptions options, String leases, String runId)
      throws StoreException, InterruptedException {
    if (!JdbcInput.isSet(options) || JdbcInput.readsTarget(options)) {
      return;
    }
    try (LauncherConnection connection = open(options)) {
      if (!KeyedRows.select(connection.get(), leases, List.of("run_id"), "run_id", List.of(runId))
          .isEmpty()) {
        throw new StoreException.Configuration(
            "jdbcInputUrl %s is the database of jdbcUrl under another name: leave jdbcInputUrl out, so that its documents are indexed in place"
                .formatted(options.getJdbcInputUrl()),
            null);
      }
    } catch (SQLException e) {
      // Another database has no such table.
      return;
    }
  }

  private static LauncherConnection open(IndexingOptions options)
      throws StoreException, InterruptedException {
    try {
      return LauncherConnection.open(
          JdbcInput.connection(options),
          Duration.standardSeconds(options.getRetrySeconds()),
          () -> false);
    } catch (StoreException e) {
      if (options.getJdbcInputUrl() == null) {
        throw e;
      }
      // The advice names the options of the database that is written to.
      throw new StoreException.Configuration(
          ErrorText.of(e).replaceAll("\\bjdbc(Url|User|PasswordFrom)\\b", "jdbcInput$1"),
          e.getCause());
    }
  }
}
