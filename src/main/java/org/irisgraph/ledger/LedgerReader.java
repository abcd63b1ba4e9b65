package org.irisgraph.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.Row;

/** Reads totals and failures from the ledger; correct at any moment, also after a crash. */
public final class LedgerReader {

  private static final List<String> SUMMED =
      List.of(
          "document_rows",
          "entity_rows",
          "relationship_rows",
          "document_rows_rejected",
          "entity_rows_rejected",
          "relationship_rows_rejected",
          "metadata_keys_cut",
          "relationships_dropped");

  /** What documents and places have that are not in the tables, or not as they should be. */
  private static final String NOT_INDEXED =
      " AND (outcome IN ('rejected', 'partial') OR stale = 1)";

  private static final List<String> OF_LETTERS =
      List.of("ledger_key", "document_id", "source", "source_position", "reasons", "seen_at");

  private static final int ROWS_AT_ONCE = 500;

  private final LedgerSettings settings;

  /** Reads the ledger of a run. */
  public LedgerReader(LedgerSettings settings) {
    this.settings = settings;
  }

  /** The current totals of the run. */
  public RunTotals totals(Connection connection) throws SQLException {
    StringBuilder sql =
        new StringBuilder("SELECT outcome, stale, written, without_entities, COUNT(*)");
    SUMMED.forEach(column -> sql.append(", SUM(").append(column).append(")"));
    sql.append(" FROM (SELECT outcome, stale, CASE WHEN run_id = ? THEN 1 ELSE 0 END AS written")
        .append(", CASE WHEN entity_rows = ? THEN 1 ELSE 0 END AS without_entities");
    SUMMED.forEach(column -> sql.append(", ").append(column));
    sql.append(" FROM ")
        .append(settings.table())
        .append(" WHERE seen_run_id = ?) seen GROUP BY outcome, stale, written, without_entities");
    Map<Outcome, Long> documents = new EnumMap<>(Outcome.class);
    long unchanged = 0;
    long stale = 0;
    long withoutEntities = 0;
    long[] sums = new long[SUMMED.size()];
    try (PreparedStatement statement = connection.prepareStatement(sql.toString())) {
      KeyedRows.bind(statement, settings.runId(), 0, settings.runId());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          Outcome outcome = Outcome.of(rows.getString(1));
          boolean isStale = rows.getInt(2) != 0;
          boolean written = rows.getInt(3) != 0;
          long count = rows.getLong(5);
          if (isStale) {
            stale += count;
          } else if (outcome == Outcome.INDEXED && !written) {
            unchanged += count;
          } else {
            documents.merge(outcome, count, Long::sum);
          }
          if (outcome == Outcome.INDEXED && rows.getInt(4) != 0) {
            withoutEntities += count;
          }
          for (int i = 0; written && i < sums.length; i++) {
            sums[i] += rows.getLong(6 + i);
          }
        }
      }
    }
    return new RunTotals(
        new RunTotals.Documents(
            documents.getOrDefault(Outcome.INDEXED, 0L),
            unchanged,
            documents.getOrDefault(Outcome.PARTIAL, 0L),
            documents.getOrDefault(Outcome.REJECTED, 0L),
            stale),
        documents.getOrDefault(Outcome.INCOMPLETE, 0L),
        new RunTotals.Rows(sums[0], sums[1], sums[2]),
        new RunTotals.Rows(sums[3], sums[4], sums[5]),
        sums[6],
        sums[7],
        withoutEntities);
  }

  /** Gives the dead letters of all that the run has seen, in a stable order. */
  public void deadLetters(Connection connection, Consumer<DeadLetter> letters) throws SQLException {
    deadLetters(connection, "seen_run_id", settings.runId(), letters);
  }

  /** Gives the dead letters of the pipeline, of all runs. */
  public void openLetters(Connection connection, Consumer<DeadLetter> letters) throws SQLException {
    deadLetters(connection, "pipeline", settings.pipeline(), letters);
  }

  /** Receives places. */
  @FunctionalInterface
  public interface PlaceVisitor {
    void accept(String source, long position);
  }

  /** Gives the places of the pipeline that give no document, of all runs. */
  public void failedPlaces(Connection connection, PlaceVisitor places) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT source, source_position, reasons FROM "
                + settings.table()
                + " WHERE pipeline = ? AND outcome = 'rejected' AND ledger_key = place_key")) {
      statement.setString(1, settings.pipeline());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          places.accept(Reasons.source(rows.getString(1), rows.getString(3)), rows.getLong(2));
        }
      }
    }
  }

  /**
   * The number of places of the run that have a reason with one of these stages, see {@link
   * DeadLetter}.
   */
  long count(Connection connection, Set<String> stages) throws SQLException {
    long count = 0;
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT reasons FROM " + settings.table() + " WHERE seen_run_id = ?" + NOT_INDEXED)) {
      statement.setString(1, settings.runId());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          for (Reasons.Reason reason : Reasons.parse(rows.getString(1))) {
            count += stages.contains(reason.stage()) ? 1 : 0;
          }
        }
      }
    }
    return count;
  }

  /** A row with dead letters; ordered by place. */
  private record Place(String source, long position, String ledgerKey) {

    private static final Comparator<Place> ORDER =
        Comparator.comparing(Place::source)
            .thenComparingLong(Place::position)
            .thenComparing(Place::ledgerKey);
  }

  private void deadLetters(
      Connection connection, String column, String value, Consumer<DeadLetter> letters)
      throws SQLException {
    List<Place> places = places(connection, column, value);
    for (int start = 0; start < places.size(); start += ROWS_AT_ONCE) {
      List<String> keys =
          places.subList(start, Math.min(places.size(), start + ROWS_AT_ONCE)).stream()
              .map(Place::ledgerKey)
              .toList();
      Map<String, Row> rows = new HashMap<>();
      for (Row row :
          KeyedRows.select(connection, settings.table(), OF_LETTERS, "ledger_key", keys)) {
        rows.put(row.text(0), row);
      }
      for (String key : keys) {
        Row row = rows.get(key);
        if (row != null) {
          deadLetters(row, letters);
        }
      }
    }
  }

  /**
   * The places in their order. They are sorted here, since IRIS cannot sort by a text that is
   * longer than a reference of a global, about 500 bytes, and a source may be longer.
   */
  private List<Place> places(Connection connection, String column, String value)
      throws SQLException {
    List<Place> places = new ArrayList<>();
    // Many places have the same source.
    Map<String, String> sources = new HashMap<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT source, source_position, ledger_key FROM %s WHERE %s = ?%s"
                .formatted(settings.table(), column, NOT_INDEXED))) {
      statement.setString(1, value);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          String source = rows.getString(1);
          places.add(
              new Place(
                  sources.computeIfAbsent(source, same -> same),
                  rows.getLong(2),
                  rows.getString(3)));
        }
      }
    }
    places.sort(Place.ORDER);
    return places;
  }

  private static void deadLetters(Row row, Consumer<DeadLetter> letters) {
    String time =
        row.timestamp(5).toInstant().atOffset(ZoneOffset.UTC).format(DateTimeFormatter.ISO_INSTANT);
    String reasons = (String) row.get(4);
    String documentId = Reasons.documentId((String) row.get(1), reasons);
    String source = Reasons.source(row.text(2), reasons);
    for (Reasons.Reason reason : Reasons.parse(reasons)) {
      letters.accept(
          new DeadLetter(
              documentId,
              source,
              row.number(3),
              reason.stage(),
              reason.table(),
              reason.rowId(),
              reason.code(),
              reason.message(),
              time));
    }
  }
}
