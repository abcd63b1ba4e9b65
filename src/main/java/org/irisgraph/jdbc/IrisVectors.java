package org.irisgraph.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Columns of vectors in InterSystems IRIS. */
final class IrisVectors {

  private static final Logger LOG = LoggerFactory.getLogger(IrisVectors.class);

  /** Of the parameters of a property that is a vector. */
  private static final Pattern ELEMENT = Pattern.compile("\\bDATATYPE,(FLOAT|DOUBLE)\\b");

  private static final Pattern LENGTH = Pattern.compile("\\bLEN,(\\d+)");

  /**
   * The types of vectors' elements, and their indexes, came after vectors (demo/SQLSyntax.md of
   * intersystems-community/iris-vector-search).
   */
  private static final IrisVersion FIRST_FLOAT = new IrisVersion(2024, 3);

  private static final IrisVersion FIRST_INDEX = new IrisVersion(2025, 1);

  private IrisVectors() {}

  /** The type of the elements of new columns, of which FLOAT needs half the space. */
  static String element(IrisVersion server) {
    return server.isBefore(FIRST_FLOAT) ? "DOUBLE" : "FLOAT";
  }

  /** As iris-vector-rag searches (vector_store_iris.py in v0.13.0). */
  static String nearest(String table, String id, VectorColumn column, int most) {
    return "SELECT TOP %s %s, VECTOR_DOT_PRODUCT(%s, %s) AS score FROM %s WHERE %s IS NOT NULL ORDER BY score DESC"
        .formatted(most, id, column.name(), column.marker(), table, column.name());
  }

  /**
   * Describes a column. Its type and length are parameters of the property that it is in the
   * table's class. iris-vector-rag looks the type up in the same way (vector_store_iris.py in
   * v0.13.0), and iris-vector-graph the length (schema.py in v2.4.3). A server that does not give
   * them is taken to have what {@link #element} gives; IRIS refuses vectors of others with -257 and
   * -259.
   */
  static VectorColumn column(
      Connection connection,
      String table,
      String name,
      Function<SQLException, ErrorClass> classification)
      throws SQLException {
    String parameters = parameters(connection, table, name, classification);
    Matcher type = ELEMENT.matcher(parameters);
    Matcher length = LENGTH.matcher(parameters);
    IrisVersion server = IrisVersion.of(connection);
    String element = type.find() ? type.group(1) : element(server);
    int dimension = length.find() ? Integer.parseInt(length.group(1)) : 384;
    return new VectorColumn(
        name,
        "TO_VECTOR(?, %s, %s)".formatted(element, dimension),
        false,
        dimension,
        // The distance must be given (GSQL_vecsearch); iris-vector-rag searches by dot products.
        server.isBefore(FIRST_INDEX)
            ? null
            : "TABLE %%s (%s) AS HNSW(Distance='DotProduct')".formatted(name));
  }

  /** As {@code DATATYPE,FLOAT,LEN,384}; empty if the server does not give them. */
  private static String parameters(
      Connection connection,
      String table,
      String name,
      Function<SQLException, ErrorClass> classification)
      throws SQLException {
    try {
      List<Row> rows =
          KeyedRows.selectWhere(
              connection,
              "%Dictionary.CompiledProperty",
              List.of("Parameters"),
              "parent = ? AND Name = ?",
              List.of(className(table), withoutPunctuation(name)));
      return rows.isEmpty() ? "" : String.valueOf(rows.get(0).get(0));
    } catch (SQLException e) {
      if (classification.apply(e) != ErrorClass.CONFIGURATION) {
        throw e;
      }
      LOG.debug("the type of {}.{} is not known, FLOAT is assumed", table, name, e);
      return "";
    }
  }

  /** That of the table A_B.C_D is A.B.CD; the default schema has another name (GSQL_tables). */
  private static String className(String table) {
    int dot = table.indexOf('.');
    String schema = table.substring(0, dot);
    return (schema.equalsIgnoreCase("SQLUser") ? "User" : schema.replace('_', '.'))
        + "."
        + withoutPunctuation(table.substring(dot + 1));
  }

  /** Names of classes and properties are those of tables and columns so (RSQL_createtable). */
  private static String withoutPunctuation(String name) {
    return name.replaceAll("[^\\p{L}\\p{N}]", "");
  }
}
