package org.irisgraph.graphrag;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.LocalTransaction;

/**
 * Gives the documents of an earlier version's ledger their new keys. Earlier, H2 and PostgreSQL
 * distinguished document ids that differ in case alone. Without this, {@code deleteMissing} would
 * take the row with the old key for a document that is no longer in the input.
 */
public final class LedgerKeyUpgrade {

  /** One row with an old key is enough; the others are read only then. */
  private static final int PROBED_ROWS = 100;

  private static final int BATCH_ROWS = 1000;

  private LedgerKeyUpgrade() {}

  /**
   * Renews the keys of a pipeline in one transaction. A document whose new key is taken by another
   * keeps its old one: it is a duplicate now.
   *
   * @param connection with auto-commit on, as it is afterwards
   * @return the number of renewed keys
   */
  public static int renew(Connection connection, LedgerSettings settings) throws SQLException {
    // The condition selects ids whose key may have changed.
    String query =
        "SELECT ledger_key, document_id FROM %s WHERE pipeline = ? AND ledger_key <> place_key"
            .formatted(settings.table());
    boolean isCurrent =
        ids(connection, settings, query + " AND document_id <> UPPER(document_id)", PROBED_ROWS)
            .entrySet()
            .stream()
            .noneMatch(row -> hasOldKey(settings, row));
    if (isCurrent) {
      return 0;
    }
    Map<String, String> ids = ids(connection, settings, query, 0);
    Map<String, String> renewed = new LinkedHashMap<>();
    Map<String, String> taken = new HashMap<>(ids);
    for (Map.Entry<String, String> row : ids.entrySet()) {
      String key = settings.documentKey(row.getValue());
      if (hasOldKey(settings, row) && taken.putIfAbsent(key, row.getValue()) == null) {
        renewed.put(row.getKey(), key);
      }
    }
    return LocalTransaction.run(connection, open -> update(open, settings, renewed));
  }

  private static boolean hasOldKey(LedgerSettings settings, Map.Entry<String, String> row) {
    return row.getKey().equals(LedgerKeys.document(row.getValue()))
        && !row.getKey().equals(settings.documentKey(row.getValue()));
  }

  /** Document ids by their ledger keys. */
  private static Map<String, String> ids(
      Connection connection, LedgerSettings settings, String query, int maxRows)
      throws SQLException {
    Map<String, String> ids = new LinkedHashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setMaxRows(maxRows);
      KeyedRows.bind(statement, settings.pipeline());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          String id = rows.getString(2);
          if (id != null) {
            ids.put(rows.getString(1), id);
          }
        }
      }
    }
    return ids;
  }

  private static int update(
      Connection connection, LedgerSettings settings, Map<String, String> renewed)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "UPDATE %s SET ledger_key = ? WHERE ledger_key = ?".formatted(settings.table()))) {
      int rows = 0;
      for (Map.Entry<String, String> key : renewed.entrySet()) {
        statement.setString(1, key.getValue());
        statement.setString(2, key.getKey());
        statement.addBatch();
        if (++rows % BATCH_ROWS == 0) {
          statement.executeBatch();
        }
      }
      statement.executeBatch();
      return rows;
    }
  }
}
