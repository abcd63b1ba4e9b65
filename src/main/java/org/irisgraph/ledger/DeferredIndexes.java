package org.irisgraph.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.irisgraph.graph.ContentHash;
import org.irisgraph.graphrag.GraphTables;
import org.irisgraph.jdbc.Dialect;
import org.irisgraph.jdbc.ErrorClassifier;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.StoreException;

/**
 * The indexes of the target tables that a run defers ({@code %NOINDEX}) and builds at its end.
 * Until then queries, unique keys and upserts do not find its rows. A row in the ledger records
 * from before the first insert until after the build that they are missing: if the run is killed,
 * the next run builds them first, whatever its settings.
 */
public final class DeferredIndexes {

  /** Fills the ledger columns that must not be null; no pipeline or run has this name. */
  private static final String PLACEHOLDER = "(deferred indexes)";

  private final Dialect dialect;
  private final List<String> tables;
  private final String ledger;
  private final String key;

  /** The indexes of these tables; {@code ledger} is {@code SCHEMA.TABLE}. */
  public DeferredIndexes(Dialect dialect, GraphTables tables, String ledger) {
    this.dialect = dialect;
    List<String> written =
        new ArrayList<>(List.of(tables.documents(), tables.entities(), tables.relationships()));
    tables
        .evidence()
        .ifPresent(evidence -> written.addAll(List.of(evidence.mentions(), evidence.statements())));
    this.tables = List.copyOf(written);
    this.ledger = ledger;
    this.key = ContentHash.of("deferred indexes\0" + tables.documents());
  }

  /** Whether an earlier run has deferred them and not built them. */
  public boolean areMissing(Connection connection) throws SQLException {
    return dialect.hasHints()
        && !KeyedRows.select(
                connection, ledger, StoredFingerprint.COLUMNS, "ledger_key", List.of(key))
            .isEmpty();
  }

  /** Records that they are missing from now on. */
  public void leaveOut(Connection connection) throws SQLException {
    List<String> columns =
        List.of(
            "ledger_key", "place_key", "pipeline", "source", "outcome", "run_id", "seen_run_id");
    try (PreparedStatement statement =
        connection.prepareStatement(dialect.upsert(ledger, columns, List.of("ledger_key")))) {
      KeyedRows.bind(
          statement,
          key,
          key,
          PLACEHOLDER,
          String.join(", ", tables),
          Outcome.INCOMPLETE.column(),
          PLACEHOLDER,
          PLACEHOLDER);
      statement.executeUpdate();
    }
  }

  /** Builds them; the server sends nothing until an index is built. */
  public void build(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String table : tables) {
        statement.execute(dialect.buildIndexes(table));
      }
      KeyedRows.delete(connection, ledger, "ledger_key", List.of(key));
    }
  }

  /** The error with the statements that a user with the privilege has to run. */
  public StoreException.Configuration missing(Exception cause) {
    return new StoreException.Configuration(
        "the indexes of %s are not built, so that queries do not find all rows (%s): run\n%s;"
            .formatted(
                String.join(", ", tables),
                ErrorClassifier.message(cause),
                String.join(";\n", statements())),
        cause);
  }

  /** The statements that build them by hand; the last one deletes the record. */
  public List<String> statements() {
    List<String> statements = new ArrayList<>();
    tables.forEach(table -> statements.add(dialect.buildIndexes(table)));
    statements.add("DELETE FROM %s WHERE ledger_key = '%s'".formatted(ledger, key));
    return statements;
  }

  /**
   * Requires empty tables, since existing rows could not be found without indexes.
   *
   * @throws StoreException.Configuration if a table has rows
   */
  public void requireEmptyTables(Connection connection)
      throws SQLException, StoreException.Configuration {
    for (String table : tables) {
      if (KeyedRows.isAny(connection, table)) {
        throw new StoreException.Configuration(
            ("table %s has rows: deferIndexes and irisHints=nocheck are for the first load of"
                    + " empty tables only, run again without them")
                .formatted(table),
            null);
      }
    }
  }
}
