package org.irisgraph.htmlreport;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.irisgraph.jdbc.Dialect;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.Row;
import org.irisgraph.jdbc.StreamedRows;
import org.jspecify.annotations.Nullable;

/**
 * How a run went, by the times at which it stored its documents.
 *
 * @param runId the run
 * @param started seconds since 1970, of the first interval
 * @param width seconds in an interval
 * @param intervals one after the other, without gaps
 */
public record Timeline(String runId, long started, long width, List<Interval> intervals) {

  private static final int MOST_INTERVALS = 240;

  /**
   * What was stored in an interval.
   *
   * @param batches transactions
   * @param longestBatchMillis the longest of them
   * @param extractionMillis summed over the documents, which are extracted in parallel
   * @param storageMillis the same for the transactions
   */
  public record Interval(
      long documents,
      long rows,
      double extractionMillis,
      double storageMillis,
      long batches,
      double longestBatchMillis) {

    private static final Interval NONE = new Interval(0, 0, 0, 0, 0, 0);

    private Interval plus(Interval other) {
      return new Interval(
          documents + other.documents,
          rows + other.rows,
          extractionMillis + other.extractionMillis,
          storageMillis + other.storageMillis,
          batches + other.batches,
          Math.max(longestBatchMillis, other.longestBatchMillis));
    }
  }

  /**
   * The documents of a batch have the same share of its time, which no other batch is likely to
   * have to the nanosecond.
   */
  private record Batch(long documents, long second) {

    private Batch plus(Batch other) {
      return new Batch(documents + other.documents, Math.max(second, other.second));
    }
  }

  /**
   * Reads the timeline of the last run that stored a document.
   *
   * @return null if there is none
   */
  static @Nullable Timeline read(
      Connection connection, Dialect dialect, String ledger, String pipeline) throws SQLException {
    // Ids of runs begin with the time of their start.
    List<Row> last =
        KeyedRows.firstWhere(
            connection,
            dialect,
            ledger,
            List.of("run_id"),
            "pipeline = ? ORDER BY run_id DESC",
            List.of(pipeline),
            1);
    if (last.isEmpty()) {
      return null;
    }
    String runId = last.get(0).text(0);
    TreeMap<Long, Interval> seconds = new TreeMap<>();
    Map<Double, Batch> batches = new HashMap<>();
    StreamedRows.forEach(
        connection,
        ("SELECT written_at, document_rows, entity_rows, relationship_rows, extraction_millis,"
                + " storage_millis FROM %s WHERE pipeline = ? AND run_id = ?")
            .formatted(ledger),
        List.of(pipeline, runId),
        row -> {
          long second = row.getTimestamp(1).toInstant().getEpochSecond();
          batches.merge(row.getDouble(6), new Batch(1, second), Batch::plus);
          seconds.merge(
              second,
              new Interval(
                  1,
                  row.getLong(2) + row.getLong(3) + row.getLong(4),
                  row.getDouble(5),
                  row.getDouble(6),
                  0,
                  0),
              Interval::plus);
        });
    batches.forEach(
        (share, batch) ->
            seconds.merge(
                batch.second(),
                new Interval(0, 0, 0, 0, 1, share * batch.documents()),
                Interval::plus));
    return of(runId, seconds);
  }

  /** Joins seconds to so few intervals that a chart can show them. */
  static Timeline of(String runId, TreeMap<Long, Interval> seconds) {
    long started = seconds.firstKey();
    long length = seconds.lastKey() - started + 1;
    long width = (length + MOST_INTERVALS - 1) / MOST_INTERVALS;
    List<Interval> intervals = new ArrayList<>();
    for (long start = started; start < started + length; start += width) {
      intervals.add(
          seconds.subMap(start, start + width).values().stream()
              .reduce(Interval.NONE, Interval::plus));
    }
    return new Timeline(runId, started, width, intervals);
  }
}
