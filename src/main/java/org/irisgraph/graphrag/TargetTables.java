package org.irisgraph.graphrag;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.irisgraph.jdbc.Dialect;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.RequiredTables;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.jdbc.TableDefinition;
import org.irisgraph.jdbc.TableShape;
import org.irisgraph.jdbc.VectorColumn;
import org.jspecify.annotations.Nullable;

/** The tables of a run: those of GraphRAG, the ledger, and the parse attempts. */
public final class TargetTables {

  private final Dialect dialect;
  private final GraphTables tables;
  private final String ledger;
  private final int dimension;

  /** The tables of a schema and their ledger, {@code SCHEMA.TABLE}. */
  public TargetTables(Dialect dialect, GraphTables tables, String ledger) {
    this(dialect, tables, ledger, TableDefinitions.DIMENSION);
  }

  private TargetTables(Dialect dialect, GraphTables tables, String ledger, int dimension) {
    this.dialect = dialect;
    this.tables = tables;
    this.ledger = ledger;
    this.dimension = dimension;
  }

  /** The same with vectors of so many numbers. */
  public TargetTables ofDimension(int numbers) {
    return new TargetTables(dialect, tables, ledger, numbers);
  }

  /** The numbers in a vector. */
  public int dimension() {
    return dimension;
  }

  /** The tables that every run needs. */
  public List<TableDefinition> definitions() {
    List<TableDefinition> definitions =
        new ArrayList<>(
            List.of(
                TableDefinitions.documents(tables.documents(), dimension),
                TableDefinitions.entities(tables.entities()),
                TableDefinitions.relationships(tables.relationships()),
                TableDefinitions.ledger(ledger)));
    tables.evidence().ifPresent(evidence -> definitions.addAll(evidence.definitions()));
    tables.linked().ifPresent(linked -> definitions.addAll(linked.definitions()));
    return List.copyOf(definitions);
  }

  /** The views of the graph and what proves it, which need the tables of the latter. */
  public Optional<GraphViews> views() {
    return tables.evidence().map(evidence -> new GraphViews(dialect, tables, evidence));
  }

  /** The table of parse attempts, which a run needs if it may read risky formats. */
  public TableDefinition parseAttempts() {
    return TableDefinitions.parseAttempts(TableDefinitions.parseAttemptsBeside(ledger));
  }

  /** A table that iris-vector-rag requires and that no run needs. */
  public TableDefinition communities() {
    return TableDefinitions.communities(tables.communities());
  }

  /** Creates the tables that are missing, those that not every run needs among them. */
  public void create(Connection connection) throws SQLException {
    List<TableDefinition> all = new ArrayList<>(definitions());
    all.add(parseAttempts());
    all.add(communities());
    new RequiredTables(dialect, all).create(connection);
  }

  /** The length of the metadata column in characters, 0 if there is no such column. */
  public int metadataLength(Connection connection) throws SQLException {
    return TableShape.lookUp(connection, tables.documents())
        .column("metadata")
        .map(TableShape.Column::maxLength)
        .orElse(0);
  }

  /**
   * The column for the vectors of texts.
   *
   * @throws StoreException.Configuration if it is missing, or takes no vectors or those of another
   *     dimension
   */
  public VectorColumn vectors(Connection connection)
      throws SQLException, StoreException.Configuration {
    return VectorColumns.require(
        connection,
        dialect,
        tables.documents(),
        GraphTables.EMBEDDING,
        Dialect.ColumnType.VECTOR,
        dimension);
  }

  /**
   * The columns for vectors, those of entities and relationships if the tables have them.
   *
   * @throws StoreException.Configuration if that for texts is missing, or if one takes no vectors
   *     or those of another dimension
   */
  public GraphVectors graphVectors(Connection connection)
      throws SQLException, StoreException.Configuration {
    return new GraphVectors(
        vectors(connection),
        optional(connection, tables.entities(), GraphTables.EMBEDDING),
        optional(connection, tables.relationships(), GraphTables.RELATION_EMBEDDING));
  }

  private @Nullable VectorColumn optional(Connection connection, String table, String name)
      throws SQLException, StoreException.Configuration {
    return TableShape.lookUp(connection, table).has(name)
        ? VectorColumns.require(
            connection, dialect, table, name, Dialect.ColumnType.VECTOR, dimension)
        : null;
  }

  /**
   * The statements for missing indexes without which replacing a changed document reads whole
   * tables.
   */
  public List<String> missingIndexes(Connection connection) throws SQLException {
    return new RequiredTables(
            dialect,
            List.of(
                TableDefinitions.entities(tables.entities()),
                TableDefinitions.relationships(tables.relationships())))
        .missingIndexes(connection);
  }

  /**
   * The tables that hold fewer rows than a pipeline has stored, because another application has
   * deleted rows. Their documents count as unchanged, so that no run would store them again.
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
        boolean mayHaveLinks =
            tables.linked().isPresent() && names.get(i).equals(tables.relationships());
        long rows =
            count(statement, names.get(i) + (mayHaveLinks ? " WHERE " + SameAs.OTHERS : ""));
        if (rows < stored[i]) {
          shortfalls.add(
              "%s has %d rows, but the ledger counts %d stored rows"
                  .formatted(names.get(i), rows, stored[i]));
        }
      }
    }
    return shortfalls;
  }

  private static long count(Statement statement, String from) throws SQLException {
    try (ResultSet count = statement.executeQuery("SELECT COUNT(*) FROM " + from)) {
      count.next();
      return count.getLong(1);
    }
  }
}
