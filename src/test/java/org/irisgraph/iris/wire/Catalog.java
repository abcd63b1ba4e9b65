package org.irisgraph.iris.wire;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import org.h2.constraint.Constraint;
import org.h2.engine.Database;
import org.h2.engine.SessionLocal;
import org.h2.index.Index;
import org.h2.jdbc.JdbcConnection;
import org.h2.table.Table;

/**
 * What H2's catalog says of a table, kept until its definition changes: asking again for each
 * statement took half of the stand-in's time.
 */
final class Catalog {
  private static final Map<Database, Map<Table, Answers>> ANSWERS = new HashMap<>();

  /** The answers about one state of a table, which tests change, too, past the stand-in. */
  private record Answers(Definition definition, Map<String, List<List<String>>> rows) {}

  /** What changes with a table's definition: H2 does not count new indexes and constraints. */
  private record Definition(long modification, List<Index> indexes, List<Constraint> constraints) {

    static Definition of(Table table) {
      return new Definition(
          table.getModificationId(), copy(table.getIndexes()), copy(table.getConstraints()));
    }

    private static <T> List<T> copy(Collection<T> collection) {
      return collection == null ? List.of() : new ArrayList<>(collection);
    }
  }

  private Catalog() {}

  /**
   * The rows of a query, whose parameters are a table's schema and name; none if there is no such
   * table.
   *
   * @param name with the schema, in any case
   */
  static List<List<String>> rows(Connection connection, String sql, String name)
      throws SQLException {
    Database database = database(connection);
    Optional<Table> table = table(database, name);
    if (table.isEmpty()) {
      return List.of();
    }
    Map<String, List<List<String>>> answers = answers(database, table.get());
    List<List<String>> rows = answers.get(sql);
    if (rows == null) {
      rows = ask(connection, sql, table.get().getSchema().getName(), table.get().getName());
      answers.put(sql, rows);
    }
    return rows;
  }

  /** Forgets a database that is closed. */
  static void forget(Connection connection) throws SQLException {
    synchronized (ANSWERS) {
      ANSWERS.remove(database(connection));
    }
  }

  private static Database database(Connection connection) throws SQLException {
    return ((SessionLocal) connection.unwrap(JdbcConnection.class).getSession()).getDatabase();
  }

  private static Optional<Table> table(Database database, String name) {
    int dot = name.indexOf('.');
    return database.getAllSchemasNoMeta().stream()
        .filter(schema -> dot > 0 && schema.getName().equalsIgnoreCase(name.substring(0, dot)))
        .flatMap(schema -> schema.getAllTablesAndViews(null).stream())
        .filter(table -> table.getName().equalsIgnoreCase(name.substring(dot + 1)))
        .findFirst();
  }

  private static Map<String, List<List<String>>> answers(Database database, Table table) {
    Definition definition = Definition.of(table);
    synchronized (ANSWERS) {
      return ANSWERS
          .computeIfAbsent(database, known -> new WeakHashMap<>())
          .compute(
              table,
              (key, known) ->
                  known != null && known.definition().equals(definition)
                      ? known
                      : new Answers(definition, new ConcurrentHashMap<>()))
          .rows();
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
