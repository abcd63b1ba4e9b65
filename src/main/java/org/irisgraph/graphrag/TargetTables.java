package org.irisgraph.graphrag;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.irisgraph.jdbc.Dialect;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.jdbc.TableShape;

/** What a run makes sure of before it begins: that the tables are there. */
public final class TargetTables {

  private final Dialect dialect;
  private final GraphTables tables;
  private final String ledger;
  private final TableDefinitions definitions;

  /** The tables of a schema and their ledger, {@code SCHEMA.TABLE}. */
  public TargetTables(Dialect dialect, GraphTables tables, String ledger) {
    this.dialect = dialect;
    this.tables = tables;
    this.ledger = ledger;
    this.definitions = new TableDefinitions(dialect, tables, ledger);
  }

  /** Creates the tables that are missing. */
  public void create(Connection connection) throws SQLException {
    definitions.createMissing(connection);
  }

  /**
   * Makes sure that all tables are there.
   *
   * @throws StoreException.Configuration if one is missing; for the ledger, with the statements
   *     that create it
   */
  public void check(Connection connection) throws SQLException, StoreException.Configuration {
    for (String table : List.of(tables.documents(), tables.entities(), tables.relationships())) {
      if (!TableShape.lookUp(connection, table).exists()) {
        throw new StoreException.Configuration(
            "table %s does not exist: --createTables makes the missing tables".formatted(table),
            null);
      }
    }
    if (!TableShape.lookUp(connection, ledger).exists()) {
      throw new StoreException.Configuration(
          "the ledger table %s does not exist: --createTables makes it, or run\n%s;"
              .formatted(ledger, String.join(";\n", definitions.ledgerStatements())),
          null);
    }
  }

  /**
   * Makes sure of the table of attempts to parse, which runs need that may meet risky formats.
   *
   * @throws StoreException.Configuration if it is missing, with the statements that create it
   */
  public void checkAttempts(Connection connection)
      throws SQLException, StoreException.Configuration {
    String attempts = ParseAttemptTable.beside(ledger);
    if (!TableShape.lookUp(connection, attempts).exists()) {
      throw new StoreException.Configuration(
          ("the table of attempts to parse %s does not exist, which inputFormat=auto and tika need:"
                  + " --createTables makes it, or run\n%s;")
              .formatted(attempts, String.join(";\n", definitions.attemptsStatements())),
          null);
    }
  }

  /** The most characters that the metadata column holds, 0 if there is no such column. */
  public int metadataLength(Connection connection) throws SQLException {
    return TableShape.lookUp(connection, tables.documents())
        .column("metadata")
        .map(TableShape.Column::maxLength)
        .orElse(0);
  }

  /**
   * The statements for the indexes that are missing and without which replacing a changed document
   * reads whole tables.
   */
  public List<String> missingIndexes(Connection connection) throws SQLException {
    List<String> missing = new ArrayList<>();
    for (String[] needed :
        List.of(
            new String[] {tables.entities(), "source_doc_id"},
            new String[] {tables.relationships(), "source_document"})) {
      TableShape shape = TableShape.lookUp(connection, needed[0]);
      if (shape.has(needed[1])
          && !dialect.indexedColumns(connection, needed[0]).contains(needed[1])) {
        missing.add(TableDefinitions.indexStatement(needed[0], needed[1]));
      }
    }
    return missing;
  }

  /**
   * The tables that hold fewer rows than a pipeline has stored: somebody else has taken rows out.
   * The documents of such rows count as unchanged, so that no run would bring them back.
   */
  public List<String> shortfalls(Connection connection, String pipeline) throws SQLException {
    List<String> names = List.of(tables.documents(), tables.entities(), tables.relationships());
    List<String> shortfalls = new ArrayList<>();
    long[] stored = new long[names.size()];
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT SUM(document_rows), SUM(entity_rows), SUM(relationship_rows) FROM "
                + ledger
                + " WHERE pipeline = ? AND outcome <> 'incomplete'")) {
      KeyedRows.bind(statement, pipeline);
      try (ResultSet sums = statement.executeQuery()) {
        sums.next();
        for (int i = 0; i < stored.length; i++) {
          stored[i] = sums.getLong(i + 1);
        }
      }
    }
    try (Statement statement = connection.createStatement()) {
      for (int i = 0; i < stored.length; i++) {
        try (ResultSet count = statement.executeQuery("SELECT COUNT(*) FROM " + names.get(i))) {
          count.next();
          if (count.getLong(1) < stored[i]) {
            shortfalls.add(
                "%s has %d rows, but the ledger says that %d were stored"
                    .formatted(names.get(i), count.getLong(1), stored[i]));
          }
        }
      }
    }
    return shortfalls;
  }
}
