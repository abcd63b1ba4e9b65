package org.irisgraph.iris.batch;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.irisgraph.iris.Parcel;
import org.irisgraph.jdbc.Dialect;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.jdbc.TableShape;

/** The tables of a parcel in an H2 database of its own, with one connection over plain JDBC. */
final class ParcelTables implements AutoCloseable {

  private final Connection connection;

  ParcelTables() throws SQLException {
    connection = DriverManager.getConnection("jdbc:h2:mem:");
    execute(Parcel.schemaAndTables());
    connection.setAutoCommit(false);
  }

  Connection connection() {
    return connection;
  }

  void execute(String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** The first column of a query. */
  List<String> values(String query) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      while (result.next()) {
        values.add(result.getString(1));
      }
    }
    return values;
  }

  ResolvedPlan<Parcel> resolve(WritePlan<Parcel> plan, Dialect dialect)
      throws SQLException, StoreException.Configuration {
    Map<String, TableShape> shapes = new HashMap<>();
    for (String table : plan.tableNames()) {
      shapes.put(table, TableShape.lookUp(connection, table));
    }
    return ResolvedPlan.of(plan, dialect, shapes);
  }

  static WritePlan.Builder<Parcel> plan() {
    return WritePlan.<Parcel>builder().setTables(Parcel.writes()).setElementKey(Parcel::id);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
