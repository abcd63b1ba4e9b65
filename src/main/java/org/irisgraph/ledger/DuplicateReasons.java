package org.irisgraph.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.irisgraph.graph.Origin;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.Row;
import org.irisgraph.jdbc.StoreException;

/**
 * Names in the reason of each duplicate the place that has kept its id. Of three places with one
 * id, the last may have lost to the second before the first arrived.
 */
final class DuplicateReasons {

  private final LedgerSettings settings;
  private final GuardedBatches batches;

  DuplicateReasons(LedgerSettings settings, GuardedBatches batches) {
    this.settings = settings;
    this.batches = batches;
  }

  /** A place that has lost the id of its document. */
  private record Duplicate(
      String ledgerKey, String documentId, Origin place, Reasons.Reason reason) {}

  /** Corrects the duplicates that the run has seen. */
  void correct(Connection connection) throws SQLException, StoreException.Fenced {
    List<Duplicate> seen = new ArrayList<>();
    UnreadRow.forEach(
        connection,
        settings,
        row -> {
          List<Reasons.Reason> reasons = Reasons.parse(row.reasons());
          String id = row.documentId();
          if (!row.isStale()
              && id != null
              && reasons.size() == 1
              && reasons.get(0).code().equals(Ledger.DUPLICATE)
              // Else the columns have other names than those of the document and its source.
              && reasons.get(0).with(null, null).equals(reasons.get(0))) {
            Origin place = new Origin(row.source(), row.position(), 0);
            seen.add(new Duplicate(row.ledgerKey(), id, place, reasons.get(0)));
          }
        });
    batches.forEach(connection, seen, some -> correct(connection, some));
  }

  private void correct(Connection connection, List<Duplicate> duplicates) throws SQLException {
    Map<String, LedgerRow> kept = kept(connection, duplicates);
    Map<String, String> corrected = new HashMap<>();
    for (Duplicate duplicate : duplicates) {
      LedgerRow first = kept.get(settings.documentKey(duplicate.documentId()));
      if (first != null && first.origin().compareTo(duplicate.place()) < 0) {
        String message =
            LedgerRecorder.duplicateMessage(
                first.documentId(), first.origin(), duplicate.documentId(), duplicate.place());
        if (!message.equals(duplicate.reason().message())) {
          Reasons.Reason reason = duplicate.reason().saying(message);
          corrected.put(duplicate.ledgerKey(), Reasons.toJson(List.of(reason)));
        }
      }
    }
    if (corrected.isEmpty()) {
      return;
    }
    try (PreparedStatement statement =
        connection.prepareStatement(
            "UPDATE " + settings.table() + " SET reasons = ? WHERE ledger_key = ?")) {
      for (Map.Entry<String, String> row : corrected.entrySet()) {
        KeyedRows.bind(statement, row.getValue(), row.getKey());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  /** The rows of the documents that have kept the ids. */
  private Map<String, LedgerRow> kept(Connection connection, List<Duplicate> duplicates)
      throws SQLException {
    Map<String, LedgerRow> kept = new HashMap<>();
    for (Row row :
        KeyedRows.select(
            connection,
            settings.table(),
            LedgerRow.COLUMNS,
            "ledger_key",
            duplicates.stream()
                .map(duplicate -> settings.documentKey(duplicate.documentId()))
                .collect(Collectors.toSet()))) {
      LedgerRow ledgerRow = LedgerRow.of(row);
      kept.put(ledgerRow.ledgerKey(), ledgerRow);
    }
    return kept;
  }
}
