package org.irisgraph.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The tables that must exist before a run begins: creates the missing ones, or reports all of them
 * at once with the statements that create them.
 */
public final class RequiredTables {

  private final Dialect dialect;
  private final List<TableDefinition> definitions;
  private final Set<String> optional;

  public RequiredTables(Dialect dialect, List<TableDefinition> definitions) {
    this(dialect, definitions, Set.of());
  }

  /**
   * The tables of a run.
   *
   * @param optional those among them that the run does without if they cannot be created
   */
  public RequiredTables(Dialect dialect, List<TableDefinition> definitions, Set<String> optional) {
    this.dialect = dialect;
    this.definitions = List.copyOf(definitions);
    this.optional = Set.copyOf(optional);
  }

  /**
   * Creates the missing tables, or requires that there are none.
   *
   * @throws StoreException.Configuration if tables are missing and {@code create} is false, or the
   *     user may not read one
   */
  public void prepare(Connection connection, boolean create)
      throws SQLException, StoreException.Configuration {
    List<String> names =
        definitions.stream().filter(this::isRequired).map(TableDefinition::table).toList();
    Optional<String> unreadable = TablePrivileges.unreadable(connection, dialect, names);
    if (unreadable.isPresent()) {
      throw new StoreException.Configuration(unreadable.get());
    }
    if (create) {
      create(connection);
    } else {
      check(connection);
    }
  }

  /** Whether a run cannot do without a table. */
  public boolean isRequired(TableDefinition definition) {
    return !optional.contains(definition.table());
  }

  /**
   * Creates the missing tables and needed indexes: an earlier run may have been killed between the
   * two. Columns of existing tables are never changed.
   */
  public void create(Connection connection) throws SQLException {
    for (TableDefinition definition : missing(connection)) {
      try {
        for (String statement : statements(connection, List.of(definition))) {
          execute(connection, statement);
        }
      } catch (SQLException e) {
        // Another run may be creating the table at this moment.
        if (isRequired(definition) && !TableShape.lookUp(connection, definition.table()).exists()) {
          throw e;
        }
      }
    }
    for (String statement : missingIndexes(connection)) {
      execute(connection, statement);
    }
  }

  /** Those of some indexes that an existing table lacks. */
  private List<String> missing(
      Connection connection, TableDefinition definition, List<String> wanted) throws SQLException {
    if (wanted.isEmpty()) {
      return List.of();
    }
    TableShape shape = TableShape.lookUp(connection, definition.table());
    Set<String> indexed = dialect.indexedColumns(connection, definition.table());
    return wanted.stream()
        .filter(
            index -> {
              String column = TableDefinition.leading(index);
              return shape.has(column) && !indexed.contains(column);
            })
        .toList();
  }

  /**
   * The statements that replace needed indexes which earlier versions created with their first
   * column only.
   */
  public List<String> narrowIndexes(Connection connection) throws SQLException {
    List<String> statements = new ArrayList<>();
    if (!dialect.hasWideIndexes()) {
      return statements;
    }
    for (TableDefinition definition : definitions) {
      for (String index : definition.neededIndexes()) {
        List<String> wanted = List.of(index.split(", ", -1));
        if (wanted.size() > 1) {
          Collection<List<String>> existing =
              IndexColumns.of(connection, definition.table()).stream()
                  .filter(columns -> columns.get(0).equals(wanted.get(0)))
                  .toList();
          if (!existing.isEmpty() && !existing.contains(wanted)) {
            statements.addAll(definition.replaceIndexStatements(index, dialect));
          }
        }
      }
    }
    return statements;
  }

  /** The statements that create the needed indexes that are missing. */
  public List<String> missingIndexes(Connection connection) throws SQLException {
    List<String> statements = new ArrayList<>();
    for (TableDefinition definition : definitions) {
      missing(connection, definition, definition.neededIndexes())
          .forEach(index -> statements.add(definition.indexStatement(index, dialect)));
    }
    return statements;
  }

  /**
   * The statements that create those indexes which the tables get when they are created, and which
   * are not created later: a table may be another tool's.
   */
  public List<String> missingFirstIndexes(Connection connection) throws SQLException {
    List<String> statements = new ArrayList<>();
    for (TableDefinition definition : definitions) {
      missing(connection, definition, definition.indexes())
          .forEach(index -> statements.add(definition.indexStatement(index, dialect)));
    }
    return statements;
  }

  private void check(Connection connection) throws SQLException, StoreException.Configuration {
    List<TableDefinition> missing = missing(connection);
    if (!areOptional(missing)) {
      throw new StoreException.Configuration(
          "missing tables: %s; --createTables creates them, or run\n%s;"
              .formatted(
                  missing.stream().map(TableDefinition::table).collect(Collectors.joining(", ")),
                  String.join(";\n", statements(connection, missing))));
    }
  }

  /** Whether a run does without all of these. */
  public boolean areOptional(List<TableDefinition> missing) {
    return missing.stream().map(TableDefinition::table).allMatch(optional::contains);
  }

  /** The tables that are missing. */
  public List<TableDefinition> missing(Connection connection) throws SQLException {
    List<TableDefinition> missing = new ArrayList<>();
    for (TableDefinition definition : definitions) {
      if (!TableShape.lookUp(connection, definition.table()).exists()) {
        missing.add(definition);
      }
    }
    return missing;
  }

  /** The statements that create tables, each schema's once. */
  public Set<String> statements(Connection connection, List<TableDefinition> created)
      throws SQLException {
    Dialect ofServer = dialect.of(connection);
    Set<String> statements = new LinkedHashSet<>();
    for (TableDefinition definition : created) {
      ofServer.createSchema(definition.schema()).ifPresent(statements::add);
      statements.addAll(definition.statements(ofServer));
    }
    return statements;
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
