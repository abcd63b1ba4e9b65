package org.irisgraph.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.Row;
import org.irisgraph.jdbc.StoreException;
import org.jspecify.annotations.Nullable;

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

  /** Corrects the duplicates that the run has seen. */
  void correct(Connection connection) throws SQLException, StoreException.Fenced {
    // A large input may have as many duplicates as documents: no more than their keys are kept.
    List<String> seen = new ArrayList<>();
    UnreadRow.forEach(
        connection,
        settings,
        row -> {
          if (!row.isStale() && row.documentId() != null && duplicate(row.reasons()).isPresent()) {
            seen.add(row.ledgerKey());
          }
        });
    batches.forEach(connection, seen, some -> correct(connection, some));
  }

  /** The reason of a place that has lost the id of its document; empty if it has another one. */
  private static Optional<Reasons.Reason> duplicate(@Nullable String reasons) {
    List<Reasons.Reason> all = Reasons.parse(reasons);
    return all.size() == 1
            && all.get(0).code().equals(Ledger.DUPLICATE)
            // Else the columns have other names than those of the document and its source.
            && all.get(0).with(null, null).equals(all.get(0))
        ? Optional.of(all.get(0))
        : Optional.empty();
  }

  private void correct(Connection connection, List<String> keys) throws SQLException {
    Collection<LedgerRow> duplicates = rows(connection, keys).values();
    Map<String, LedgerRow> kept =
        rows(
            connection,
            duplicates.stream()
                .map(duplicate -> settings.documentKey(id(duplicate)))
                .collect(Collectors.toSet()));
    Map<String, String> corrected = new HashMap<>();
    for (LedgerRow duplicate : duplicates) {
      String id = id(duplicate);
      LedgerRow first = kept.get(settings.documentKey(id));
      Optional<Reasons.Reason> reason = duplicate(duplicate.reasons());
      if (first != null && reason.isPresent() && first.origin().compareTo(duplicate.origin()) < 0) {
        String message =
            LedgerRecorder.duplicateMessage(
                first.documentId(), first.origin(), id, duplicate.origin());
        if (!message.equals(reason.get().message())) {
          corrected.put(
              duplicate.ledgerKey(), Reasons.toJson(List.of(reason.get().saying(message))));
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

  private static String id(LedgerRow duplicate) {
    return Objects.requireNonNull(duplicate.documentId());
  }

  private Map<String, LedgerRow> rows(Connection connection, Collection<String> keys)
      throws SQLException {
    Map<String, LedgerRow> rows = new HashMap<>();
    for (Row row :
        KeyedRows.select(connection, settings.table(), LedgerRow.COLUMNS, "ledger_key", keys)) {
      LedgerRow ledgerRow = LedgerRow.of(row);
      rows.put(ledgerRow.ledgerKey(), ledgerRow);
    }
    return rows;
  }
}
