package org.irisgraph.table;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.irisgraph.document.RowReader;
import org.irisgraph.document.TableRow;
import org.irisgraph.jdbc.Dialect;
import org.irisgraph.jdbc.KeyComparison;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.Row;
import org.irisgraph.jdbc.Sql;
import org.irisgraph.jdbc.StoreException;
import org.jspecify.annotations.Nullable;

/** Queries the keys of a table and the rows of its ranges. */
final class RangeQuery {

  /** The size of a chunk, which is held in memory before it is delivered. */
  private static final long CHUNK_CHARACTERS = 4_000_000;

  private static final int CHUNK_ROWS = 1000;

  /** Fetch size for rows, each of which may be as large as a document. */
  private static final int FETCHED_ROWS = 8;

  private static final int FETCHED_KEYS = 1000;

  private final TableSource source;
  private final Dialect dialect;

  /** Limits the rows that share an id, which are held in memory together. */
  private final long maxCharactersOfAnId;

  RangeQuery(TableSource source) {
    this.source = source;
    this.dialect = source.connection().dialect();
    this.maxCharactersOfAnId = Math.max(CHUNK_CHARACTERS, 4L * source.reader().maxDocumentBytes());
  }

  /**
   * A part of a range.
   *
   * @param rows by id, all rows of an id together
   * @param next the id at which the next chunk begins, whose rows may be here already; null at the
   *     end of the range
   * @param stored if indexed in place, the ids in the table of documents by those that were read,
   *     which a query with GROUP BY, DISTINCT or UNION gives in capitals on IRIS
   */
  record Chunk(
      Map<String, List<TableRow>> rows, @Nullable String next, Map<String, String> stored) {}

  /**
   * Reads the beginning of a range, as much as fits into memory.
   *
   * @param delivered the ids to skip, since they were read before
   * @throws StoreException if the rows of an id are too many or too large
   */
  Chunk rows(Connection connection, KeyRange range, Set<String> delivered)
      throws SQLException, StoreException {
    Map<String, List<TableRow>> found = new LinkedHashMap<>();
    String next = null;
    try (PreparedStatement statement = select(connection, columns(), range, FETCHED_ROWS);
        ResultSet rows = statement.executeQuery()) {
      RowValues values = new RowValues(source);
      long characters = 0;
      int count = 0;
      String last = null;
      while (rows.next()) {
        String id = RowValues.key(rows);
        boolean isFull = characters >= CHUNK_CHARACTERS || count >= CHUNK_ROWS;
        // The rows of one id stay together, even if the database ignores the case of ids.
        if (isFull && last != null && !KeyComparison.fold(id).equals(KeyComparison.fold(last))) {
          next = last;
          break;
        }
        if (!delivered.contains(id)) {
          TableRow row = values.row(rows);
          add(found.computeIfAbsent(id, key -> new ArrayList<>()), id, row);
          characters += characters(row);
          count++;
          last = id;
        }
      }
    }
    return new Chunk(found, next, storedIds(connection, found.keySet()));
  }

  private void add(List<TableRow> rowsOfId, String id, TableRow row) throws StoreException {
    rowsOfId.add(row);
    if (rowsOfId.size() == 1) {
      return;
    }
    long characters = rowsOfId.stream().mapToLong(RangeQuery::characters).sum();
    if (rowsOfId.size() > RowReader.MAX_ROWS_OF_AN_ID || characters > maxCharactersOfAnId) {
      throw new StoreException.Configuration(
          "more than %d rows of %s, or %d characters, have the id \"%s\": set jdbcInputIdColumn to a column that identifies documents"
              .formatted(RowReader.MAX_ROWS_OF_AN_ID, source.name(), maxCharactersOfAnId, id),
          null);
    }
  }

  private static long characters(TableRow row) {
    long characters = 0;
    for (String text : new String[] {row.text(), row.title(), row.metadata()}) {
      characters += text == null ? 0 : text.length();
    }
    for (Object value : row.fields().values()) {
      characters += value instanceof String text ? text.length() : Long.BYTES;
    }
    return characters;
  }

  /** The ids of rows of documents by the ids that were read; none if not indexed in place. */
  private Map<String, String> storedIds(Connection connection, Set<String> ids)
      throws SQLException {
    if (source.documents() == null) {
      return Map.of();
    }
    Map<String, String> byKey = new TreeMap<>(dialect.keyOrder());
    for (Row row :
        KeyedRows.select(connection, source.documents(), List.of("doc_id"), "doc_id", ids)) {
      byKey.put(row.text(0), row.text(0));
    }
    Map<String, String> stored = new HashMap<>();
    for (String id : ids) {
      String storedId = byKey.get(id);
      if (storedId != null) {
        stored.put(id, storedId);
      }
    }
    return stored;
  }

  /** The distinct ids of a range, in the database's order. */
  Set<String> keys(Connection connection, KeyRange range) throws SQLException {
    Set<String> keys = new LinkedHashSet<>();
    try (PreparedStatement statement = select(connection, key(), range, FETCHED_KEYS);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        keys.add(RowValues.key(rows));
      }
    }
    return keys;
  }

  /** Finds keys of the table other than these, ignoring case. */
  List<String> otherKeys(Connection connection, Set<String> keys, int most) throws SQLException {
    Set<String> folded = keys.stream().map(KeyComparison::fold).collect(Collectors.toSet());
    Set<String> others = new LinkedHashSet<>();
    try (PreparedStatement statement =
            select(connection, key(), KeyRange.above(null, null), FETCHED_KEYS);
        ResultSet rows = statement.executeQuery()) {
      while (others.size() < most && rows.next()) {
        String key = RowValues.key(rows);
        if (!folded.contains(KeyComparison.fold(key))) {
          others.add(key);
        }
      }
    }
    return List.copyOf(others);
  }

  /** Counts the rows without an id. */
  long rowsWithoutKey(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet count =
            statement.executeQuery(
                "SELECT COUNT(*) FROM %s WHERE %s"
                    .formatted(source.from(), KeyRange.NULLS.condition(source.key().quoted())))) {
      count.next();
      return count.getLong(1);
    }
  }

  /** Splits all rows with an id into at most {@code most} ranges of about equal size. */
  List<KeyRange> ranges(Connection connection, int rowsOfARange, int most) throws SQLException {
    List<String> ends = new ArrayList<>();
    int step = rowsOfARange;
    int rowsSinceEnd = 0;
    try (PreparedStatement statement =
            select(connection, key(), KeyRange.above(null, null), FETCHED_KEYS);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        if (++rowsSinceEnd == step) {
          ends.add(RowValues.key(rows));
          rowsSinceEnd = 0;
        }
        if (ends.size() == 2 * most) {
          ends = everySecond(ends);
          step *= 2;
        }
      }
    }
    while (ends.size() >= most) {
      ends = everySecond(ends);
    }
    List<KeyRange> ranges = new ArrayList<>();
    String from = null;
    for (String end : ends) {
      ranges.add(KeyRange.above(from, end));
      from = end;
    }
    ranges.add(KeyRange.above(from, null));
    return ranges;
  }

  private static List<String> everySecond(List<String> ends) {
    List<String> kept = new ArrayList<>();
    for (int i = 1; i < ends.size(); i += 2) {
      kept.add(ends.get(i));
    }
    return kept;
  }

  private String columns() {
    return Stream.concat(
            Stream.of(key()), source.columns().stream().skip(1).map(TableSource.Column::quoted))
        .collect(Collectors.joining(", "));
  }

  /** The id as it is stored. It has no alias, by which ORDER BY would sort instead. */
  private String key() {
    String key = source.key().quoted();
    return source.keyType() == KeyType.TEXT ? dialect.exactText(key) : key;
  }

  private PreparedStatement select(
      Connection connection, String columns, KeyRange range, int fetchedRows) throws SQLException {
    Optional<String> prepareReader = dialect.prepareReader();
    if (prepareReader.isPresent()) {
      Sql.execute(connection, prepareReader.get());
    }
    String key = source.key().quoted();
    PreparedStatement statement =
        connection.prepareStatement(
            "SELECT %s FROM %s WHERE %s ORDER BY %s"
                .formatted(columns, source.from(), range.condition(key), key));
    try {
      // PostgreSQL's driver would otherwise hold all rows in memory.
      statement.setFetchSize(fetchedRows);
      range.bind(statement, source.keyType());
      return statement;
    } catch (SQLException | RuntimeException e) {
      statement.close();
      throw e;
    }
  }
}
