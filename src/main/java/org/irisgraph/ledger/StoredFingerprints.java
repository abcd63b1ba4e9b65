package org.irisgraph.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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

  /**
   * An indexed document of the pipeline with vectors of the run's model; empty if none is known.
   */
  public static Optional<String> madeAlike(Connection connection, LedgerSettings settings)
      throws SQLException {
    return KeyedRows.someWhere(
            connection,
            settings.table(),
            List.of("document_id"),
            "pipeline = ? AND fingerprint = ? AND outcome = ?",
            List.of(settings.pipeline(), settings.fingerprint().stored(), Outcome.INDEXED.column()),
            1)
        .stream()
        .map(row -> row.text(0))
        .findFirst();
  }

  /**
   * Documents that a run does not leave as they are, though they may be unchanged.
   *
   * @param extraction how many were extracted with other settings
   * @param vectors how many of the others have vectors of another model, or none
   */
  public record Others(long extraction, long vectors) {}

  /** The documents that were made with other settings than those of a run. */
  public static Others others(Connection connection, LedgerSettings settings) throws SQLException {
    long extraction = 0;
    long vectors = 0;
    for (Map.Entry<String, Long> stored : ofPipeline(connection, settings).entrySet()) {
      // That of a document that could not be read is empty.
      if (!stored.getKey().isEmpty()) {
        if (!settings.fingerprint().isSameExtraction(stored.getKey())) {
          extraction += stored.getValue();
        } else if (settings.fingerprint().isOutdated(stored.getKey())) {
          vectors += stored.getValue();
        }
      }
    }
    return new Others(extraction, vectors);
  }
}
