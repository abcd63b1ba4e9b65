package org.irisgraph.ledger;

import static org.irisgraph.jdbc.Dialect.ColumnType.BIGINT;
import static org.irisgraph.jdbc.Dialect.ColumnType.TIMESTAMP;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.irisgraph.base.ErrorText;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.Row;
import org.irisgraph.jdbc.TableDefinition;
import org.irisgraph.jdbc.TableDefinition.Column;
import org.irisgraph.jdbc.TableShape;
import org.jspecify.annotations.Nullable;

/**
 * The table of runs, one row each, for people: no run reads what another one has written here,
 * except to close it. Of each pipeline the last {@value #KEPT} runs are kept.
 */
public final class IndexingRuns {

  static final int KEPT = 100;

  private static final int MAX_PHASE = 64;

  /** The outcome of a run that has not ended, as far as it has said. */
  public static final String RUNNING = "running";

  /** The outcome of a run that ended without saying how, such as by a kill. */
  public static final String ABANDONED = "abandoned";

  private static final List<String> COUNTS =
      List.of(
          "run_millis",
          "documents_total",
          "documents_read",
          "documents_indexed",
          "documents_unchanged",
          "documents_partial",
          "documents_rejected",
          "documents_stale",
          "documents_deleted",
          "entity_rows",
          "relationship_rows",
          "reading_millis",
          "waiting_millis",
          "storing_millis");

  private static final List<String> COLUMNS =
      Stream.concat(
              Stream.of("run_id", "outcome", "phase", "started_at", "renewed_at", "ended_at"),
              COUNTS.stream())
          .toList();

  private final String table;

  /** The table {@code SCHEMA.IndexingRuns}. */
  public IndexingRuns(String table) {
    this.table = table;
  }

  /** The definition of the table. */
  public TableDefinition definition() {
    return TableDefinition.of(
        table,
        "run_id",
        Stream.of(
                Stream.of(
                    Column.required("run_id", 255),
                    Column.required("pipeline", 255),
                    Column.text("outcome", 32),
                    Column.text("phase", MAX_PHASE),
                    Column.of("started_at", TIMESTAMP),
                    Column.of("renewed_at", TIMESTAMP),
                    Column.of("ended_at", TIMESTAMP)),
                COUNTS.stream().map(count -> Column.of(count, BIGINT)))
            .flatMap(columns -> columns)
            .toArray(Column[]::new));
  }

  /** Whether there is the table, which no run needs. */
  public boolean exist(Connection connection) throws SQLException {
    return TableShape.lookUp(connection, table).exists();
  }

  /**
   * Begins the row of a run that holds the pipeline's lease, so that rows of earlier runs that have
   * not ended are those of abandoned ones.
   */
  public void begin(Connection connection, LedgerSettings ledger, Timestamp now)
      throws SQLException {
    List<RecordedRun> earlier = last(connection, ledger.pipeline(), Integer.MAX_VALUE);
    for (RecordedRun run : earlier) {
      if (run.time().endedAt() == null) {
        RunTotals totals =
            new LedgerReader(
                    new LedgerSettings(
                        ledger.table(), ledger.pipeline(), run.runId(), ledger.fingerprint()))
                .totals(connection);
        Map<String, @Nullable Object> values = counts(totals);
        values.put("outcome", ABANDONED);
        values.put("ended_at", run.time().renewedAt());
        update(connection, run.runId(), values);
      }
    }
    KeyedRows.delete(
        connection,
        table,
        "run_id",
        earlier.stream().skip(KEPT - 1).map(RecordedRun::runId).toList());
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("run_id", ledger.runId());
    values.put("pipeline", ledger.pipeline());
    values.put("outcome", RUNNING);
    values.put("started_at", now);
    values.put("renewed_at", now);
    execute(
        connection,
        "INSERT INTO %s (%s) VALUES (%s)"
            .formatted(
                table,
                String.join(", ", values.keySet()),
                String.join(", ", Collections.nCopies(values.size(), "?"))),
        values.values().toArray());
  }

  /** Shows how far a run is. */
  public void renew(Connection connection, RecordedRun run) throws SQLException {
    Map<String, @Nullable Object> values =
        counts(run.input().read(), run.documents(), run.changes());
    // With the mark of the cut.
    values.put("phase", run.phase() == null ? null : ErrorText.cut(run.phase(), MAX_PHASE - 1));
    values.put("renewed_at", run.time().renewedAt());
    values.put("run_millis", run.time().millis());
    values.put("documents_total", run.input().total());
    update(connection, run.runId(), values);
  }

  /**
   * Ends the row of a run.
   *
   * @param more values of further columns
   */
  public void end(
      Connection connection, String runId, String outcome, Map<String, @Nullable Object> more)
      throws SQLException {
    Map<String, @Nullable Object> values = new LinkedHashMap<>(more);
    Timestamp now = now();
    values.put("outcome", outcome);
    values.put("phase", null);
    values.put("renewed_at", now);
    values.put("ended_at", now);
    update(connection, runId, values);
  }

  /** What the ledger says of a run, by column. */
  public static Map<String, @Nullable Object> counts(RunTotals totals) {
    return counts(totals.read(), totals.documents(), RecordedRun.Changes.of(0, totals));
  }

  private static Map<String, @Nullable Object> counts(
      long read, RunTotals.Documents documents, RecordedRun.Changes changes) {
    Map<String, @Nullable Object> counts = new LinkedHashMap<>();
    counts.put("documents_read", read);
    counts.put("documents_indexed", documents.indexed());
    counts.put("documents_unchanged", documents.unchanged());
    counts.put("documents_partial", documents.partial());
    counts.put("documents_rejected", documents.rejected());
    counts.put("documents_stale", documents.stale());
    counts.put("entity_rows", changes.entities());
    counts.put("relationship_rows", changes.relationships());
    return counts;
  }

  /** The run of an id. */
  public Optional<RecordedRun> find(Connection connection, String runId) throws SQLException {
    return select(connection, "run_id", runId).findFirst();
  }

  /** The last runs of a pipeline, the newest first. */
  public List<RecordedRun> last(Connection connection, String pipeline, int most)
      throws SQLException {
    return select(connection, "pipeline", pipeline)
        .sorted(Comparator.comparing((RecordedRun run) -> run.time().startedAt()).reversed())
        .limit(most)
        .toList();
  }

  private Stream<RecordedRun> select(Connection connection, String column, String value)
      throws SQLException {
    return KeyedRows.selectWhere(connection, table, COLUMNS, column + " = ?", List.of(value))
        .stream()
        .map(IndexingRuns::run);
  }

  private static RecordedRun run(Row row) {
    return new RecordedRun(
        row.text(0),
        row.text(1),
        (String) row.get(2),
        new RecordedRun.Time(
            row.timestamp(3), row.timestamp(4), (Timestamp) row.get(5), number(row, 6)),
        new RecordedRun.Input(number(row, 7), number(row, 8)),
        new RunTotals.Documents(
            number(row, 9), number(row, 10), number(row, 11), number(row, 12), number(row, 13)),
        new RecordedRun.Changes(number(row, 14), number(row, 15), number(row, 16)),
        new RecordedRun.Work(known(row, 17), known(row, 18), known(row, 19)));
  }

  private static @Nullable Long known(Row row, int column) {
    return row.get(column) == null ? null : Long.valueOf(row.number(column));
  }

  private static long number(Row row, int column) {
    return row.get(column) == null ? 0 : row.number(column);
  }

  private void update(Connection connection, String runId, Map<String, @Nullable Object> values)
      throws SQLException {
    execute(
        connection,
        "UPDATE %s SET %s WHERE run_id = ?"
            .formatted(
                table,
                values.keySet().stream()
                    .map(column -> column + " = ?")
                    .collect(Collectors.joining(", "))),
        Stream.concat(values.values().stream(), Stream.of(runId)).toArray());
  }

  private static void execute(Connection connection, String sql, @Nullable Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      KeyedRows.bind(statement, values);
      statement.executeUpdate();
    }
  }

  private static Timestamp now() {
    return new Timestamp(System.currentTimeMillis());
  }
}
