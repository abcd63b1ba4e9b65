package org.irisgraph.ask;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.irisgraph.graphrag.GraphTables;
import org.irisgraph.graphrag.LinkedTables;
import org.irisgraph.jdbc.Dialect;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.Row;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.jdbc.TablePrivileges;
import org.irisgraph.jdbc.TableShape;
import org.irisgraph.ledger.IndexingRuns;
import org.irisgraph.ledger.LedgerReader;
import org.irisgraph.ledger.LedgerSettings;
import org.irisgraph.ledger.RecordedRun;
import org.irisgraph.ledger.RejectReason;
import org.irisgraph.ledger.RejectReasons;
import org.irisgraph.ledger.RunTotals;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.plan.RunPlan;
import org.jspecify.annotations.Nullable;

/** Reads the {@link PipelineStatus}. */
public final class StatusReader {

  private static final int RUNS = 10;

  private final IndexingOptions options;
  private final Dialect dialect;
  private final GraphTables tables;
  private final LinkedTables linked;
  private final String pipeline;
  private final String ledger;
  private final String lease;
  private final IndexingRuns runs;

  /** The pipeline and its tables, as the options name them. */
  public StatusReader(IndexingOptions options) {
    this.options = options;
    this.dialect = RunPlan.connection(options).dialect();
    this.tables = RunPlan.tables(options);
    this.linked = new LinkedTables(options.getLedgerSchema());
    this.pipeline = options.getPipeline();
    this.ledger = RunPlan.ledgerTable(options);
    this.lease = RunPlan.leaseTable(options);
    this.runs = RunPlan.runs(options);
  }

  /**
   * Checks that there has been a run.
   *
   * @throws StoreException if a table is missing that every run needs, or may not be read
   */
  public void requireTables(Connection connection) throws SQLException, StoreException {
    TablePrivileges.requireReadable(
        connection,
        dialect,
        List.of(ledger, tables.entities(), tables.relationships()),
        "run index first, or correct schema and ledgerSchema");
    TablePrivileges.requireReadableIfThere(
        connection, dialect, List.of(linked.nodes(), linked.changes()));
  }

  /**
   * Reads the status from tables that exist.
   *
   * @param mostByType rows of a larger table are counted in all, which H2 need not read them for
   */
  public PipelineStatus read(Connection connection, long mostByType) throws SQLException {
    boolean isLinked = TableShape.lookUp(connection, linked.nodes()).exists();
    PipelineStatus.Running running = running(connection);
    String runsMissing = runsMissing(connection);
    return new PipelineStatus(
        pipeline,
        documents(connection),
        new PipelineStatus.Graph(
            counts(connection, tables.entities(), "entity_type", mostByType),
            counts(connection, tables.relationships(), "relationship_type", mostByType),
            isLinked ? counts(connection, linked.nodes(), "node_type", mostByType) : null,
            isLinked
                ? count(connection, linked.changes() + " WHERE " + LinkedTables.IS_CHANGE)
                : 0),
        rejected(connection),
        runsMissing == null ? runs(connection, running) : List.of(),
        runsMissing,
        lastRun(connection),
        running);
  }

  private Map<String, Long> documents(Connection connection) throws SQLException {
    Map<String, Long> documents = new TreeMap<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT outcome, stale, COUNT(*) FROM %s WHERE pipeline = ? GROUP BY outcome, stale"
                .formatted(ledger))) {
      statement.setString(1, pipeline);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          // IRIS groups by the folded value.
          String outcome = rows.getString(1).toLowerCase(Locale.ROOT);
          documents.merge(rows.getInt(2) != 0 ? "stale" : outcome, rows.getLong(3), Long::sum);
        }
      }
    }
    return documents;
  }

  private Map<String, Long> counts(
      Connection connection, String table, String column, long mostByType) throws SQLException {
    long all = count(connection, table);
    if (all > mostByType) {
      return Map.of(PipelineStatus.UNCOUNTED, all);
    }
    SortedMap<String, Long> counts = new TreeMap<>();
    String value = dialect.exactText(column);
    try (PreparedStatement statement =
            connection.prepareStatement(
                "SELECT %s, COUNT(*) FROM %s GROUP BY %s".formatted(value, table, value));
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        counts.merge(String.valueOf(rows.getString(1)), rows.getLong(2), Long::sum);
      }
    }
    return Counts.largestFirst(counts);
  }

  private static long count(Connection connection, String from) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("SELECT COUNT(*) FROM " + from);
        ResultSet count = statement.executeQuery()) {
      count.next();
      return count.getLong(1);
    }
  }

  private List<RejectReason> rejected(Connection connection) throws SQLException {
    RejectReasons reasons = new RejectReasons();
    ledger("").openLetters(connection, reasons::add);
    return reasons.mostFirst();
  }

  /** Ids of runs begin with the time of their start. */
  private PipelineStatus.@Nullable Run lastRun(Connection connection) throws SQLException {
    for (Row row :
        KeyedRows.firstWhere(
            connection,
            dialect,
            ledger,
            List.of("seen_run_id"),
            "pipeline = ? ORDER BY seen_run_id DESC",
            List.of(pipeline),
            1)) {
      return new PipelineStatus.Run(row.text(0), ledger(row.text(0)).totals(connection));
    }
    return null;
  }

  private LedgerReader ledger(String runId) {
    return new LedgerReader(new LedgerSettings(ledger, pipeline, runId, ""));
  }

  /** The run that holds the lease, unless it is known to be over. */
  private PipelineStatus.@Nullable Running running(Connection connection) throws SQLException {
    if (TableShape.lookUp(connection, lease).exists()
        && RunPlan.lease(options, "").holder(connection).isPresent()) {
      for (Row row :
          KeyedRows.select(
              connection,
              lease,
              List.of("run_id", "host", "acquired_at"),
              "pipeline",
              List.of(pipeline))) {
        String runId = row.text(0);
        RunTotals totals = ledger(runId).totals(connection);
        RecordedRun recorded = run(connection, runId).orElse(null);
        if (recorded != null && recorded.time().endedAt() != null) {
          // A lease that nobody has given back, as that of a job on a cluster.
          return null;
        }
        String host = (String) row.get(1);
        Timestamp since = (Timestamp) row.get(2);
        return recorded == null
            ? new PipelineStatus.Running(
                runId, host, since, null, totals.read(), totals.read(), 0, null)
            : PipelineStatus.Running.of(recorded, host, since, totals.read());
      }
    }
    return null;
  }

  /** The row of a run; empty if it has none that the user may read. */
  public Optional<RecordedRun> run(Connection connection, String runId) throws SQLException {
    return runsMissing(connection) == null ? runs.find(connection, runId) : Optional.empty();
  }

  /** Why the table of runs cannot be read; null if it can. */
  private @Nullable String runsMissing(Connection connection) throws SQLException {
    String table = runs.definition().table();
    Optional<String> unreadable = TablePrivileges.unreadable(connection, dialect, List.of(table));
    if (unreadable.isPresent()) {
      return unreadable.get();
    }
    if (!runs.exist(connection)) {
      return "there is no table %s, as in a database of an earlier version; a run with createTables creates it"
          .formatted(table);
    }
    return null;
  }

  /** The last runs; one that has not ended and does not hold the lease is abandoned. */
  private List<RecordedRun> runs(Connection connection, PipelineStatus.@Nullable Running running)
      throws SQLException {
    List<RecordedRun> last = new ArrayList<>();
    for (RecordedRun run : runs.last(connection, pipeline, RUNS)) {
      boolean isKnown =
          run.time().endedAt() != null || (running != null && running.runId().equals(run.runId()));
      last.add(isKnown ? run : run.abandoned(ledger(run.runId()).totals(connection)));
    }
    return last;
  }
}
