package org.irisgraph.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.irisgraph.jdbc.Dialect.ColumnType;

/**
 * Finds out what a user may do with a table by statements that concern no row: databases check
 * privileges whether or not there are rows, and describe privileges in different ways.
 */
public final class TablePrivileges {

  private static final Set<ColumnType> TEXTS =
      EnumSet.of(ColumnType.VARCHAR, ColumnType.EXACT_VARCHAR);

  private TablePrivileges() {}

  /**
   * Why the user does not see tables, in one sentence with what to grant; empty if none of them
   * exists, or the database does not say.
   */
  public static Optional<String> unreadable(
      Connection connection, Dialect dialect, List<String> tables) throws SQLException {
    return unreadable(connection, dialect, tables, "SELECT, INSERT, UPDATE and DELETE");
  }

  private static Optional<String> unreadable(
      Connection connection, Dialect dialect, List<String> tables, String privileges)
      throws SQLException {
    Set<String> schemas = new LinkedHashSet<>();
    Set<String> refused = new LinkedHashSet<>();
    for (String table : tables) {
      Optional<Dialect.Privilege> missing = dialect.missingPrivilege(connection, table);
      if (missing.isPresent()) {
        switch (missing.get()) {
          case USAGE_OF_SCHEMA -> schemas.add(table.substring(0, table.indexOf('.')));
          case SELECT_ON_TABLE -> refused.add(table);
        }
      }
    }
    if (!schemas.isEmpty()) {
      String names = String.join(", ", schemas);
      return Optional.of(
          "the user may not use the schema%s %s: let the owner GRANT USAGE ON SCHEMA %s"
              .formatted(schemas.size() == 1 ? "" : "s", names, names));
    }
    return refused.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "the user may not read %s: let the owner grant %s"
                .formatted(String.join(", ", refused), privileges));
  }

  /**
   * Requires tables that the user sees.
   *
   * @param remedy what to do if one does not exist, as in "run index first"
   * @throws StoreException.Configuration if one does not exist, or the user may not read it
   */
  public static void requireReadable(
      Connection connection, Dialect dialect, List<String> tables, String remedy)
      throws SQLException, StoreException.Configuration {
    requireReadableIfThere(connection, dialect, tables);
    for (String table : tables) {
      if (!TableShape.lookUp(connection, table).exists()) {
        throw new StoreException.Configuration("there is no table %s: %s".formatted(table, remedy));
      }
    }
  }

  /**
   * Requires that the user may read tables of which some may not exist: those that are hidden would
   * be taken for missing.
   *
   * @throws StoreException.Configuration if the user may not read one
   */
  public static void requireReadableIfThere(
      Connection connection, Dialect dialect, List<String> tables)
      throws SQLException, StoreException.Configuration {
    Optional<String> unreadable = unreadable(connection, dialect, tables, "SELECT");
    if (unreadable.isPresent()) {
      throw new StoreException.Configuration(unreadable.get());
    }
  }

  /**
   * What the user may not do, as in {@code insert, delete}; empty if reading, inserting, updating
   * and deleting are allowed.
   *
   * @param connection with auto-commit on
   * @param shape the table's columns, which may be more or fewer than those of the definition
   * @throws SQLException if a statement fails for another reason
   */
  public static Optional<String> refused(
      Connection connection, Dialect dialect, TableDefinition definition, TableShape shape)
      throws SQLException {
    StringBuilder refused = new StringBuilder();
    for (Map.Entry<String, String> statement : statements(dialect, definition, shape).entrySet()) {
      if (!isAllowed(connection, dialect, statement.getValue())) {
        refused.append(refused.isEmpty() ? "" : ", ").append(statement.getKey());
      }
    }
    return refused.isEmpty() ? Optional.empty() : Optional.of(refused.toString());
  }

  /**
   * Statements whose one parameter is a value that no row has. IRIS may check when it compiles a
   * statement that an insert has all required columns, and that no identity or key is updated.
   */
  private static Map<String, String> statements(
      Dialect dialect, TableDefinition definition, TableShape shape) {
    String table = definition.table();
    List<String> texts =
        definition.columns().stream()
            .filter(column -> TEXTS.contains(column.type()) && shape.has(column.name()))
            .map(TableDefinition.Column::name)
            .toList();
    if (texts.isEmpty()) {
      // Another application's table, with none of the columns.
      return Map.of();
    }
    String first = dialect.identifier(texts.get(0));
    String last = dialect.identifier(texts.get(texts.size() - 1));
    Set<String> inserted = new LinkedHashSet<>(List.of(first));
    shape
        .columns()
        .forEach(
            column -> {
              if (column.required()) {
                inserted.add(dialect.identifier(column.name()));
              }
            });
    String columns = String.join(", ", inserted);
    Map<String, String> statements = new LinkedHashMap<>();
    statements.put("read", "SELECT %s FROM %s WHERE %s = ?".formatted(first, table, first));
    statements.put(
        "insert",
        "INSERT INTO %s (%s) SELECT %s FROM %s WHERE %s = ?"
            .formatted(table, columns, columns, table, first));
    statements.put(
        "update", "UPDATE %s SET %s = %s WHERE %s = ?".formatted(table, last, last, first));
    statements.put("delete", "DELETE FROM %s WHERE %s = ?".formatted(table, first));
    return statements;
  }

  private static boolean isAllowed(Connection connection, Dialect dialect, String sql)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, UUID.randomUUID().toString());
      statement.execute();
      return true;
    } catch (SQLException e) {
      if (dialect.classify(e) == ErrorClass.CONFIGURATION) {
        return false;
      }
      throw e;
    }
  }
}
