package org.irisgraph.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Reads the rows of queries in portions, however many there are. */
public final class StreamedRows {

  /** The rows that are held at a time; PostgreSQL holds all unless auto-commit is off. */
  public static final int PORTION = 1000;

  private StreamedRows() {}

  /** Takes the current row. */
  @FunctionalInterface
  public interface Reader<E extends Exception> {
    void read(ResultSet row) throws SQLException, E;
  }

  /** Hands over the rows of a query one after the other. */
  public static <E extends Exception> void forEach(
      Connection connection, String query, List<?> parameters, Reader<E> reader)
      throws SQLException, E {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setFetchSize(PORTION);
      KeyedRows.bind(statement, parameters.toArray());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          reader.read(rows);
        }
      }
    }
  }
}
