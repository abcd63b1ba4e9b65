package org.irisgraph.iris.wire;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The keys that an INSERT or UPDATE adds to the indexes of its table, which may be too long for a
 * global. Of an UPDATE, as far as it gives their values.
 */
final class IndexKeys {
  private static final Pattern INSERT =
      Pattern.compile(
          "INSERT\\s.*?\\(([^)]*)\\)\\s*VALUES\\s*\\((.*)\\)\\s*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private static final String INDEXES =
      """
      SELECT INDEX_NAME, COLUMN_NAME, PRIMARY_KEY, NON_UNIQUE FROM STANDIN.INDEXES
      WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? ORDER BY INDEX_NAME, ORDINAL_POSITION
      """;

  private final List<Key> keys;

  /**
   * An index.
   *
   * @param nameBytes of everything but the values
   * @param parameters the 0-based places of the indexed columns' values
   */
  private record Key(int nameBytes, List<Integer> parameters) {}

  private IndexKeys(List<Key> keys) {
    this.keys = keys;
  }

  static IndexKeys of(Connection connection, String sql) throws SQLException {
    Optional<Change> change = Change.of(sql);
    Matcher insert = INSERT.matcher(sql);
    Map<String, Integer> places =
        insert.matches() ? places(insert.group(1), insert.group(2)) : assigned(sql);
    if (change.isEmpty() || places.isEmpty()) {
      return new IndexKeys(List.of());
    }
    Map<String, Key> keys = new LinkedHashMap<>();
    for (List<String> row : Catalog.rows(connection, INDEXES, change.get().table())) {
      Integer place = places.get(row.get(1).toLowerCase(Locale.ROOT));
      boolean primary = row.get(2).equals("1");
      if (place != null && (change.get().indexes() || primary)) {
        String name = row.get(0);
        int bytes = primary ? GlobalReference.NAME_BYTES : nameBytes(name, row.get(3).equals("1"));
        keys.computeIfAbsent(name, key -> new Key(bytes, new ArrayList<>()))
            .parameters()
            .add(place);
      }
    }
    return new IndexKeys(List.copyOf(keys.values()));
  }

  /**
   * The bytes of a reference to an index that begins with a column, without the value: the fewest
   * if there are several, and none if there is none.
   */
  static OptionalInt nameBytes(Connection connection, String table, String column)
      throws SQLException {
    Set<String> seen = new HashSet<>();
    OptionalInt fewest = OptionalInt.empty();
    for (List<String> row : Catalog.rows(connection, INDEXES, table)) {
      if (seen.add(row.get(0)) && row.get(1).equalsIgnoreCase(column)) {
        boolean primary = row.get(2).equals("1");
        int bytes =
            primary ? GlobalReference.NAME_BYTES : nameBytes(row.get(0), row.get(3).equals("1"));
        fewest = OptionalInt.of(Math.min(bytes, fewest.orElse(bytes)));
      }
    }
    return fewest;
  }

  /** The name of the index is a subscript, and the row's number unless the key is unique. */
  private static int nameBytes(String index, boolean hasRowNumber) {
    return GlobalReference.NAME_BYTES
        + index.length()
        + 1
        + (hasRowNumber ? GlobalReference.NUMBER_BYTES : 0);
  }

  /** Refuses a row whose key in an index is too long. */
  void check(List<Object> row) throws ServerException {
    for (Key key : keys) {
      long bytes = key.nameBytes();
      for (int parameter : key.parameters()) {
        bytes +=
            row.get(parameter) instanceof String text
                ? GlobalReference.subscriptBytes(text)
                : GlobalReference.NUMBER_BYTES;
      }
      GlobalReference.check(bytes);
    }
  }

  /** The places of the parameters that an UPDATE assigns as they are. */
  private static Map<String, Integer> assigned(String sql) {
    Map<String, Integer> places = new LinkedHashMap<>();
    List<String> tokens = SqlTokens.of(sql);
    int parameter = 0;
    if (tokens.get(0).equalsIgnoreCase("UPDATE")) {
      for (int i = 2; i < tokens.size() && !tokens.get(i).equalsIgnoreCase("WHERE"); i++) {
        if (tokens.get(i).equals("?")) {
          if (tokens.get(i - 1).equals("=")) {
            places.put(tokens.get(i - 2).toLowerCase(Locale.ROOT), parameter);
          }
          parameter++;
        }
      }
    }
    return places;
  }

  /** The places of the parameters that are a column's value as they are. */
  static Map<String, Integer> places(String columns, String values) {
    Map<String, Integer> places = new LinkedHashMap<>();
    String[] names = columns.strip().split("\\s*,\\s*", -1);
    List<String> tokens = SqlTokens.of(values);
    int column = 0;
    int parameter = 0;
    int depth = 0;
    for (int i = 0; i < tokens.size(); i++) {
      switch (tokens.get(i)) {
        case "(" -> depth++;
        case ")" -> depth--;
        case "," -> column += depth == 0 ? 1 : 0;
        case "?" -> {
          boolean bare =
              depth == 0
                  && (i == 0 || tokens.get(i - 1).equals(","))
                  && (i + 1 == tokens.size() || tokens.get(i + 1).equals(","));
          if (bare && column < names.length) {
            places.put(names[column].toLowerCase(Locale.ROOT), parameter);
          }
          parameter++;
        }
        default -> {}
      }
    }
    return places;
  }
}
