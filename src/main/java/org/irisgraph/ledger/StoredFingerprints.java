package org.irisgraph.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.TableShape;

/** The settings that the documents of a pipeline were extracted with. */
public final class StoredFingerprints {

  private StoredFingerprints() {}

  /** The number of rows of each fingerprint in the ledger; none if there is no ledger. */
  public static Map<String, Long> ofPipeline(Connection connection, LedgerSettings settings)
      throws SQLException {
    Map<String, Long> fingerprints = new HashMap<>();
    if (!TableShape.lookUp(connection, settings.table()).exists()) {
      return fingerprints;
    }
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT fingerprint, COUNT(*) FROM %s WHERE pipeline = ? GROUP BY fingerprint"
                .formatted(settings.table()))) {
      KeyedRows.bind(statement, settings.pipeline());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          String fingerprint = rows.getString(1);
          if (fingerprint != null) {
            // IRIS groups by the collation of the column, which is in capitals.
            fingerprints.merge(fingerprint.toLowerCase(Locale.ROOT), rows.getLong(2), Long::sum);
          }
        }
      }
    }
    return fingerprints;
  }

  /** The number of documents that were extracted with other settings than those of a run. */
  public static long others(Connection connection, LedgerSettings settings) throws SQLException {
    return ofPipeline(connection, settings).entrySet().stream()
        // That of a document that could not be read is empty.
        .filter(stored -> !Set.of("", settings.fingerprint()).contains(stored.getKey()))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
