package org.irisgraph.iris.wire;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import org.h2.constraint.Constraint;
import org.h2.engine.Database;
import org.h2.engine.SessionLocal;
import org.h2.index.Index;
import org.h2.jdbc.JdbcConnection;
import org.h2.table.Table;

/**
 * What H2's catalog says, kept until a definition changes. Each query of INFORMATION_SCHEMA builds
 * a row for every column of every table, which took half of the stand-in's time.
 */
final class Catalog {
  private static final Map<Database, Answers> ANSWERS = new WeakHashMap<>();

  /** The answers of one state of the definitions, which tests change, too, past the stand-in. */
  private record Answers(
      List<Definition> definitions, Map<List<String>, List<List<String>>> rows) {}

  /**
   * What the catalog says of a table. H2 counts all changes of definitions, too, but leaves out new
   * tables and counts each number that a sequence gives.
   */
  private record Definition(
      Table table, long modification, List<Index> indexes, List<Constraint> constraints) {

    static List<Definition> all(Database database) {
      return database.getAllSchemasNoMeta().stream()
          .flatMap(schema -> schema.getAllTablesAndViews(null).stream())
          .map(
              table ->
                  new Definition(
                      table,
                      table.getModificationId(),
                      copy(table.getIndexes()),
                      copy(table.getConstraints())))
          .toList();
    }

    private static <T> List<T> copy(Collection<T> collection) {
      return collection == null ? List.of() : new ArrayList<>(collection);
    }
  }

  private Catalog() {}

  /** The rows of a query, whose parameters are texts. */
  static List<List<String>> rows(Connection connection, String sql, String... parameters)
      throws SQLException {
    List<String> key = new ArrayList<>(List.of(parameters));
    key.add(sql);
    Map<List<String>, List<List<String>>> answers = answers(connection);
    List<List<String>> rows = answers.get(key);
    if (rows == null) {
      rows = ask(connection, sql, parameters);
      answers.put(List.copyOf(key), rows);
    }
    return rows;
  }

  private static Map<List<String>, List<List<String>>> answers(Connection connection)
      throws SQLException {
    Database database =
        ((SessionLocal) connection.unwrap(JdbcConnection.class).getSession()).getDatabase();
    synchronized (ANSWERS) {
      Answers answers = ANSWERS.get(database);
      List<Definition> definitions = Definition.all(database);
      if (answers == null || !answers.definitions().equals(definitions)) {
        answers = new Answers(definitions, new ConcurrentHashMap<>());
        ANSWERS.put(database, answers);
      }
      return answers.rows();
    }
  }

  private static List<List<String>> ask(Connection connection, String sql, String... parameters)
      throws SQLException {
    List<List<String>> all = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        query.setString(i + 1, parameters[i]);
      }
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          List<String> row = new ArrayList<>();
          for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
            row.add(rows.getString(i));
          }
          all.add(row);
        }
      }
    }
    return List.copyOf(all);
  }
}
