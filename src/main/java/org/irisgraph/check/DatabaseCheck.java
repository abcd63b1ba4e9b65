package org.irisgraph.check;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.irisgraph.base.ErrorText;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.Dialect;
import org.irisgraph.jdbc.ErrorClassifier;
import org.irisgraph.jdbc.LauncherConnection;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.jdbc.TableShape;
import org.irisgraph.ledger.LedgerSettings;
import org.irisgraph.ledger.PipelineNameCheck;
import org.irisgraph.options.DatabaseUrl;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.plan.FormerName;
import org.irisgraph.plan.RunPlan;
import org.irisgraph.run.DatabaseFileWait;
import org.irisgraph.run.LockThresholdCheck;

/** Asks the database what a run asks at its start, on one connection. */
final class DatabaseCheck {

  static final String TOPIC = "database";

  /** A run's own connections beside those of its writers. */
  private static final int LAUNCHER_CONNECTIONS = 2;

  private final IndexingOptions options;
  private final OptionalInt dimension;
  private final ConnectionSettings settings;
  private final Dialect dialect;

  /**
   * @param dimension the numbers in the vectors that a run stores; empty if that is not known
   */
  DatabaseCheck(IndexingOptions options, OptionalInt dimension) {
    this.options = options;
    this.dimension = dimension;
    this.settings = RunPlan.connection(options).readingOnly();
    this.dialect = settings.dialect();
  }

  void run(Consumer<Finding> findings) throws InterruptedException {
    Optional<String> file = new DatabaseUrl(options.getJdbcUrl()).missingFile();
    if (file.isPresent()) {
      findings.accept(
          options.getCreateTables()
              ? Finding.good(TOPIC, "the run creates " + file.get())
              : Finding.problem(
                  TOPIC, "there is no database %s: set createTables".formatted(file.get())));
      return;
    }
    try (LauncherConnection launcher = new DatabaseFileWait(settings, 0, 0, () -> false).open()) {
      check(launcher, findings);
    } catch (StoreException e) {
      findings.accept(Finding.problem(TOPIC, ErrorText.of(e)));
    } catch (SQLException e) {
      findings.accept(Finding.problem(TOPIC, ErrorClassifier.describe(e)));
    }
  }

  private void check(LauncherConnection launcher, Consumer<Finding> findings)
      throws SQLException, StoreException, InterruptedException {
    Connection connection = launcher.get();
    findings.accept(
        Finding.good(
            TOPIC,
            "%s %s%s"
                .formatted(
                    dialect.name(),
                    connection.getMetaData().getDatabaseProductVersion(),
                    dialect.edition(connection).map(", "::concat).orElse(""))));
    Connection usable = launcher.usableNow();
    if (new TableCheck(options, dialect, dimension).run(usable, findings)) {
      checkPipeline(usable, findings);
    }
    Optional<String> locks = LockThresholdCheck.warning(launcher, dialect, options.getBatchRows());
    locks.ifPresent(warning -> findings.accept(Finding.warning(TOPIC, warning)));
    OptionalInt threshold = dialect.lockThreshold(launcher.usableNow());
    if (locks.isEmpty() && threshold.isPresent()) {
      findings.accept(
          Finding.good(
              TOPIC,
              String.format(
                  Locale.ROOT,
                  "locks a whole table above %,d rows, batchRows is %,d",
                  threshold.getAsInt(),
                  options.getBatchRows())));
    }
    dialect
        .freeConnections(launcher.usableNow())
        .ifPresent(free -> findings.accept(connections(free)));
  }

  /** The connection of this check is free again when a run begins. */
  private Finding connections(int free) {
    int needed = settings.writers() + LAUNCHER_CONNECTIONS;
    return free + 1 >= needed
        ? Finding.good(
            TOPIC,
            String.format(
                Locale.ROOT, "%,d connections are free, a run takes %,d", free + 1, needed))
        : Finding.warning(
            TOPIC,
            String.format(
                Locale.ROOT,
                "%,d connections are free, a run takes up to %,d and waits for them: close others,"
                    + " or set writers=%d",
                free + 1,
                needed,
                Math.max(1, free + 1 - LAUNCHER_CONNECTIONS)));
  }

  /** The name of the pipeline, and the run that holds its lease. */
  private void checkPipeline(Connection connection, Consumer<Finding> findings)
      throws SQLException {
    if (TableShape.lookUp(connection, RunPlan.ledgerTable(options)).exists()) {
      try {
        FormerName.adopt(connection, options);
        PipelineNameCheck.check(
            connection,
            new LedgerSettings(RunPlan.ledgerTable(options), options.getPipeline(), "", ""));
      } catch (StoreException.Configuration e) {
        findings.accept(Finding.problem("lease", ErrorText.of(e)));
      }
    }
    if (TableShape.lookUp(connection, RunPlan.leaseTable(options)).exists()) {
      findings.accept(
          RunPlan.lease(options, "")
              .holder(connection)
              .map(
                  holder ->
                      Finding.warning(
                          "lease",
                          "pipeline %s is running: %s; another run waits for its end"
                              .formatted(options.getPipeline(), holder)))
              .orElseGet(
                  () ->
                      Finding.good(
                          "lease", "no run of pipeline " + options.getPipeline() + " is active")));
    }
  }
}
