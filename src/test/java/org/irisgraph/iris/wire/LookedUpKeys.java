package org.irisgraph.iris.wire;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The values by which a statement looks up rows in an index. A choice: a reference that is too long
 * fails when it is read, too, and an index is used wherever there is one.
 */
final class LookedUpKeys {
  private static final Set<String> BEFORE_A_TABLE = Set.of("FROM", "JOIN", "UPDATE");

  private final List<Key> keys;

  /**
   * A parameter that is compared with a column.
   *
   * @param nameBytes of everything but the value
   * @param parameter its 0-based place
   */
  private record Key(int nameBytes, int parameter) {}

  private LookedUpKeys(List<Key> keys) {
    this.keys = keys;
  }

  static LookedUpKeys of(Connection connection, String sql) throws SQLException {
    List<String> tokens = SqlTokens.of(sql);
    List<Key> keys = new ArrayList<>();
    if (Set.of("SELECT", "UPDATE", "DELETE").contains(upper(tokens, 0))) {
      Map<String, String> tables = tables(tokens);
      boolean where = false;
      int parameter = 0;
      int column = -1;
      for (int i = 0; i < tokens.size(); i++) {
        where |= upper(tokens, i).equals("WHERE");
        if (tokens.get(i).equals("?")) {
          // In a list, it is compared with the same column as the one before.
          boolean inList = i > 1 && tokens.get(i - 1).equals(",") && tokens.get(i - 2).equals("?");
          if (!inList) {
            column = where ? comparedColumn(tokens, i) : -1;
          }
          OptionalInt bytes =
              column < 0 ? OptionalInt.empty() : nameBytes(connection, tokens, column, tables);
          if (bytes.isPresent()) {
            keys.add(new Key(bytes.getAsInt(), parameter));
          }
          parameter++;
        }
      }
    }
    return new LookedUpKeys(List.copyOf(keys));
  }

  /** The tables by their aliases; the first one by the empty alias. */
  private static Map<String, String> tables(List<String> tokens) {
    Map<String, String> tables = new HashMap<>();
    for (int i = 0; i + 3 < tokens.size(); i++) {
      if (BEFORE_A_TABLE.contains(upper(tokens, i)) && tokens.get(i + 2).equals(".")) {
        String table = (tokens.get(i + 1) + "." + tokens.get(i + 3)).toLowerCase(Locale.ROOT);
        tables.putIfAbsent("", table);
        if (i + 4 < tokens.size()) {
          tables.put(tokens.get(i + 4), table);
        }
      }
    }
    return tables;
  }

  /** The place of the column that a parameter is compared with; negative if there is none. */
  private static int comparedColumn(List<String> tokens, int parameter) {
    int i = parameter - 1;
    if (tokens.get(i).equals("=")) {
      return i - 1;
    }
    return tokens.get(i).equals("(") && upper(tokens, i - 1).equals("IN") ? i - 2 : -1;
  }

  private static OptionalInt nameBytes(
      Connection connection, List<String> tokens, int column, Map<String, String> tables)
      throws SQLException {
    boolean hasAlias = tokens.get(column - 1).equals(".");
    String table = tables.get(hasAlias ? tokens.get(column - 2) : "");
    return table == null
        ? OptionalInt.empty()
        : IndexKeys.nameBytes(connection, table, tokens.get(column));
  }

  private static String upper(List<String> tokens, int i) {
    return tokens.get(i).toUpperCase(Locale.ROOT);
  }

  /** Refuses a value that is too long to be looked up. */
  void check(List<Object> values) throws ServerException {
    for (Key key : keys) {
      if (key.parameter() < values.size() && values.get(key.parameter()) instanceof String text) {
        GlobalReference.check(key.nameBytes() + GlobalReference.subscriptBytes(text));
      }
    }
  }
}
