package org.irisgraph.table;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.irisgraph.document.RowReader;
import org.irisgraph.jdbc.ConnectionSettings;
import org.irisgraph.jdbc.ErrorClass;
import org.irisgraph.jdbc.ErrorClassifier;
import org.irisgraph.table.TableSource.Column;
import org.irisgraph.table.TableSource.Role;

/** Finds out which columns a table or a query has, and what they mean. */
public final class TableDescription {

  private static final String EMBEDDING = "embedding";

  private static final Pattern VECTOR = Pattern.compile("vector", Pattern.CASE_INSENSITIVE);

  private static final Pattern FLOATING =
      Pattern.compile("float|real|double", Pattern.CASE_INSENSITIVE);

  private static final Set<Integer> NO_METADATA =
      Set.of(
          Types.BINARY,
          Types.VARBINARY,
          Types.LONGVARBINARY,
          Types.BLOB,
          Types.JAVA_OBJECT,
          Types.STRUCT,
          Types.REF,
          Types.ROWID);

  private static final Set<Integer> NO_KEY =
      Set.of(
          Types.REAL,
          Types.FLOAT,
          Types.DOUBLE,
          Types.BIT,
          Types.BOOLEAN,
          Types.DATE,
          Types.TIME,
          Types.TIMESTAMP,
          Types.TIME_WITH_TIMEZONE,
          Types.TIMESTAMP_WITH_TIMEZONE);

  private final TableRequest request;
  private final ConnectionSettings settings;

  /** Prepares to describe a table of a database. */
  public TableDescription(TableRequest request, ConnectionSettings settings) {
    this.request = request;
    this.settings = settings;
  }

  /**
   * Describes the table or query.
   *
   * @throws IllegalArgumentException if it cannot be read as requested; the message has the remedy
   */
  public TableSource describe(Connection connection) throws SQLException {
    boolean isQuery = TableRequest.isQuery(request.input());
    String from = isQuery ? request.from() : quotedTable(connection.getMetaData());
    List<Column> columns = columns(connection, from);
    return new TableSource(
        settings,
        from,
        isQuery,
        columns,
        KeyType.of(columns.get(0).type()),
        request.isInPlace() && isQuery ? request.documents() : null,
        new RowReader(request.name(), request.columns().metadata(), request.maxDocumentBytes()));
  }

  /** Quotes the parts of a table's name where quotes do not make case count. */
  private String quotedTable(DatabaseMetaData database) throws SQLException {
    String quote = database.getIdentifierQuoteString();
    return quote.isBlank() || folds(database)
        ? request.from()
        : quote + request.from().replace(".", quote + "." + quote) + quote;
  }

  private static boolean folds(DatabaseMetaData database) throws SQLException {
    return database.storesLowerCaseIdentifiers() || database.storesUpperCaseIdentifiers();
  }

  private List<Column> columns(Connection connection, String from) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet none = statement.executeQuery("SELECT * FROM %s WHERE 1 = 0".formatted(from))) {
      return columns(none.getMetaData(), connection.getMetaData());
    } catch (SQLException e) {
      if (settings.dialect().classify(e) == ErrorClass.TRANSIENT) {
        throw e;
      }
      throw new IllegalArgumentException(
          "jdbcInput cannot be read: " + ErrorClassifier.message(e).strip(), e);
    }
  }

  private List<Column> columns(ResultSetMetaData found, DatabaseMetaData database)
      throws SQLException {
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= found.getColumnCount(); i++) {
      names.add(found.getColumnLabel(i));
    }
    Map<Role, Integer> roles = roles(names);
    List<Column> columns = new ArrayList<>();
    for (Map.Entry<Role, Integer> role : roles.entrySet()) {
      columns.add(column(found, database, role.getValue(), role.getKey()));
    }
    if (NO_KEY.contains(columns.get(0).type())) {
      throw new IllegalArgumentException(
          "jdbcInputIdColumn %s has a type that does not identify rows reliably: cast it to VARCHAR in a query"
              .formatted(columns.get(0).name()));
    }
    for (int i = 0; i < names.size() && !request.isInPlace(); i++) {
      if (!roles.containsValue(i) && isMetadata(found, i + 1)) {
        columns.add(column(found, database, i, Role.FIELD));
      }
    }
    return columns;
  }

  /** The 0-based indexes of the columns with a role, in the order of {@link Role}. */
  private Map<Role, Integer> roles(List<String> names) {
    ColumnNames wanted = request.columns();
    Map<Role, Integer> roles = new EnumMap<>(Role.class);
    roles.put(Role.ID, required(names, wanted.id(), "jdbcInputIdColumn"));
    roles.put(Role.TEXT, required(names, wanted.text(), "jdbcInputTextColumn"));
    if (request.isInPlace()) {
      return roles;
    }
    boolean titleWanted = !wanted.title().equals(ColumnNames.DEFAULT_TITLE);
    boolean metadataWanted = !wanted.metadata().equals(ColumnNames.DEFAULT_METADATA);
    int title =
        titleWanted
            ? required(names, wanted.title(), "jdbcInputTitleColumn")
            : find(names, wanted.title());
    int metadata =
        metadataWanted
            ? required(names, wanted.metadata(), "jdbcInputMetadataColumn")
            : find(names, wanted.metadata());
    // A column has one role, and the text comes first.
    if (title >= 0 && !roles.containsValue(title)) {
      roles.put(Role.TITLE, title);
    }
    if (metadata >= 0 && !roles.containsValue(metadata)) {
      roles.put(Role.METADATA, metadata);
    }
    return roles;
  }

  private static int required(List<String> names, String name, String option) {
    int index = find(names, name);
    if (index < 0) {
      throw new IllegalArgumentException(
          "jdbcInput has no column \"%s\"; set %s to one of: %s"
              .formatted(
                  name,
                  option,
                  names.stream()
                      .map(column -> column.toLowerCase(Locale.ROOT))
                      .collect(Collectors.joining(", "))));
    }
    return index;
  }

  private static int find(List<String> names, String name) {
    for (int i = 0; i < names.size(); i++) {
      if (TableRequest.isSame(names.get(i), name)) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Excludes vectors and binary values, which are of no use to readers of metadata. IRIS may report
   * a VECTOR as a VARCHAR; {@link RowValues} recognises it by its values unless it has the usual
   * name. H2 and PostgreSQL have vectors as arrays of floating-point numbers.
   */
  private static boolean isMetadata(ResultSetMetaData found, int index) throws SQLException {
    String typeName = String.valueOf(found.getColumnTypeName(index));
    return !NO_METADATA.contains(found.getColumnType(index))
        && !VECTOR.matcher(typeName).find()
        && !(found.getColumnType(index) == Types.ARRAY && FLOATING.matcher(typeName).find())
        && !TableRequest.isSame(found.getColumnLabel(index), EMBEDDING);
  }

  private static Column column(
      ResultSetMetaData found, DatabaseMetaData database, int place, Role role)
      throws SQLException {
    String name = found.getColumnLabel(place + 1);
    return new Column(
        name.toLowerCase(Locale.ROOT),
        quoted(name, database),
        role,
        found.getColumnType(place + 1));
  }

  /** Quotes a name: it may be a reserved word, which differ between databases and versions. */
  private static String quoted(String name, DatabaseMetaData database) throws SQLException {
    String quote = database.getIdentifierQuoteString();
    return quote.isBlank() ? name : quote + name.replace(quote, quote + quote) + quote;
  }
}
