package org.irisgraph.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.LocalTransaction;
import org.irisgraph.jdbc.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the documents of an earlier version's ledger their new keys. Earlier, H2 and PostgreSQL
 * distinguished document ids that differ in case alone. Without this, {@code deleteMissing} would
 * take the row with the old key for a document that is no longer in the input.
 */
public final class LedgerKeyUpgrade {

  private static final Logger LOG = LoggerFactory.getLogger(LedgerKeyUpgrade.class);

  /** All rows have old keys or none; the others are read only if one has. */
  private static final int PROBED_ROWS = 100;

  /**
   * Selects the rows whose key is most likely to have changed, where none of the first ones shows
   * it; none in a database that ignores case.
   */
  private static final String MOST_LIKELY = " AND document_id <> UPPER(document_id)";

  /** Behind all keys. */
  private static final String LAST = "g";

  /**
   * Ends of ranges of keys, which are hexadecimal: the first with enough rows is probed, so that no
   * database sorts the ledger. The rows with the least keys are renewed last: a renewal that was
   * killed is found, since new keys, which are hashes as well, do not fill up the first rows.
   */
  private static final List<String> ENDS = List.of("0001", "001", "01", "1", LAST);

  private LedgerKeyUpgrade() {}

  /**
   * Renews the keys of a pipeline. A document whose new key is taken, by another of this pipeline
   * or of any, keeps its old one: it is a duplicate now.
   *
   * @param connection with auto-commit on, as it is afterwards
   * @param batchRows the most rows that a transaction changes; the next run continues what a killed
   *     one has left
   * @return the number of renewed keys
   */
  public static int renew(Connection connection, LedgerSettings settings, int batchRows)
      throws SQLException {
    String query =
        "SELECT ledger_key, document_id FROM %s WHERE pipeline = ? AND ledger_key <> place_key"
            .formatted(settings.table());
    // A renewal that was killed may have left old keys behind the first rows.
    if (!hasOldKeys(connection, settings, query)
        && !hasOldKeys(connection, settings, query + MOST_LIKELY)) {
      return 0;
    }
    Map<String, String> oldKeys = new LinkedHashMap<>();
    List<String> duplicates = new ArrayList<>();
    for (Map.Entry<String, String> row : ids(connection, settings, query, LAST).entrySet()) {
      if (hasOldKey(settings, row)
          && oldKeys.putIfAbsent(settings.documentKey(row.getValue()), row.getKey()) != null) {
        duplicates.add(row.getValue());
      }
    }
    for (Row taken :
        KeyedRows.select(
            connection,
            settings.table(),
            List.of("ledger_key", "document_id"),
            "ledger_key",
            oldKeys.keySet())) {
      oldKeys.remove(taken.text(0));
      duplicates.add(taken.text(1));
    }
    if (!duplicates.isEmpty()) {
      LOG.warn(
          "{} documents of an earlier version have an id that another document has but for case or"
              + " blanks at the end, such as \"{}\": a run with deleteMissing deletes the one that"
              + " is not kept",
          duplicates.size(),
          duplicates.get(0));
    }
    List<Map.Entry<String, String>> renewals = new ArrayList<>(oldKeys.entrySet());
    renewals.sort(Map.Entry.<String, String>comparingByValue().reversed());
    for (int i = 0; i < renewals.size(); i += batchRows) {
      List<Map.Entry<String, String>> some =
          renewals.subList(i, Math.min(renewals.size(), i + batchRows));
      LocalTransaction.run(connection, open -> update(open, settings, some));
    }
    return renewals.size();
  }

  private static boolean hasOldKeys(Connection connection, LedgerSettings settings, String query)
      throws SQLException {
    for (String end : ENDS) {
      Map<String, String> rows = ids(connection, settings, query, end);
      if (rows.entrySet().stream().anyMatch(row -> hasOldKey(settings, row))) {
        return true;
      }
      if (rows.size() >= PROBED_ROWS) {
        return false;
      }
    }
    return false;
  }

  /** Whether a document's key, which is not that of its place, is another than today's. */
  private static boolean hasOldKey(LedgerSettings settings, Map.Entry<String, String> row) {
    return !row.getKey().equals(settings.documentKey(row.getValue()));
  }

  /** Document ids by their ledger keys before an end, in the order of the keys. */
  private static SortedMap<String, String> ids(
      Connection connection, LedgerSettings settings, String query, String end)
      throws SQLException {
    SortedMap<String, String> ids = new TreeMap<>();
    try (PreparedStatement statement = connection.prepareStatement(query + " AND ledger_key < ?")) {
      KeyedRows.bind(statement, settings.pipeline(), end);
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
      Connection connection, LedgerSettings settings, List<Map.Entry<String, String>> renewals)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "UPDATE %s SET ledger_key = ? WHERE ledger_key = ?".formatted(settings.table()))) {
      for (Map.Entry<String, String> renewal : renewals) {
        KeyedRows.bind(statement, renewal.getKey(), renewal.getValue());
        statement.addBatch();
      }
      return statement.executeBatch().length;
    }
  }
}
