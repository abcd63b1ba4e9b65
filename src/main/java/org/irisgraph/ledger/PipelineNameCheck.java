package org.irisgraph.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.StoreException;

/**
 * Looks up pipelines by name. Finds those whose names are equal to the database, whose collation
 * may ignore case, though they differ. They would share their leases, totals and missing documents.
 */
public final class PipelineNameCheck {

  private PipelineNameCheck() {}

  /** Whether a ledger has documents of a pipeline, not only places that could not be read. */
  public static boolean hasDocuments(Connection connection, String ledger, String pipeline)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT pipeline FROM " + ledger + " WHERE pipeline = ? AND ledger_key <> place_key")) {
      statement.setMaxRows(1);
      KeyedRows.bind(statement, pipeline);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  /**
   * Checks that the ledger has no rows of a pipeline whose name is equal to the database only.
   *
   * @throws StoreException.Configuration if there are such rows; the message has the remedy
   */
  public static void check(Connection connection, LedgerSettings settings)
      throws SQLException, StoreException.Configuration {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT pipeline FROM " + settings.table() + " WHERE pipeline = ?")) {
      statement.setMaxRows(1);
      KeyedRows.bind(statement, settings.pipeline());
      try (ResultSet rows = statement.executeQuery()) {
        if (rows.next() && !rows.getString(1).equals(settings.pipeline())) {
          throw new StoreException.Configuration(
              "the database does not distinguish the pipeline \"%s\" from \"%s\", which has documents in %s: case, and blanks at the end, do not count in its names. Use --pipeline=%2$s or another name"
                  .formatted(settings.pipeline(), rows.getString(1), settings.table()));
        }
      }
    }
  }
}
