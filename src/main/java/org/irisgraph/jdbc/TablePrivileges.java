package org.irisgraph.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Finds out what a user may do with a table by statements that concern no row: databases check
 * privileges whether or not there are rows, and describe privileges in different ways.
 */
public final class TablePrivileges {

  private TablePrivileges() {}

  /**
   * What the user may not do, as in {@code insert, delete}; empty if reading, inserting, updating
   * and deleting are allowed.
   *
   * @param connection with auto-commit on
   * @throws SQLException if a statement fails for another reason
   */
  public static Optional<String> refused(
      Connection connection, Dialect dialect, TableDefinition definition) throws SQLException {
    StringBuilder refused = new StringBuilder();
    for (Map.Entry<String, String> statement : statements(dialect, definition).entrySet()) {
      if (!isAllowed(connection, dialect, statement.getValue())) {
        refused.append(refused.isEmpty() ? "" : ", ").append(statement.getKey());
      }
    }
    return refused.isEmpty() ? Optional.empty() : Optional.of(refused.toString());
  }

  /** Statements whose one parameter is a key that no row has. */
  private static Map<String, String> statements(Dialect dialect, TableDefinition definition) {
    String table = definition.table();
    String key = dialect.identifier(List.of(definition.key().split(", ", -1)).get(0));
    Map<String, String> statements = new LinkedHashMap<>();
    statements.put("read", "SELECT %s FROM %s WHERE %s = ?".formatted(key, table, key));
    statements.put(
        "insert",
        "INSERT INTO %s (%s) SELECT %s FROM %s WHERE %s = ?"
            .formatted(table, key, key, table, key));
    statements.put("update", "UPDATE %s SET %s = %s WHERE %s = ?".formatted(table, key, key, key));
    statements.put("delete", "DELETE FROM %s WHERE %s = ?".formatted(table, key));
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
