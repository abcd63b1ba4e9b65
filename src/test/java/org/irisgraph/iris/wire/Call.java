package org.irisgraph.iris.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * What a request asks to be run.
 *
 * @param sql as the driver wrote it, empty where there is none
 * @param rows the parameters' values, a list for each row
 * @param maxRows how many rows of a result are wanted, 0 for all
 * @param fastInsert whether the rows came in the layout of Fast Insert
 */
record Call(String sql, List<List<Object>> rows, int maxRows, boolean fastInsert) {
  private static final Call NONE = new Call("", List.of(), 0, false);

  /**
   * Reads a request's body.
   *
   * @param statement the one that the header names, or null
   */
  static Call read(Request request, WireStatement statement) {
    ListReader items = request.items();
    return switch (request.type()) {
      case "PP" -> new Call(sql(items), List.of(), 0, false);
      case "DU" -> {
        String sql = sql(items);
        skipParameterKinds(items);
        items.next();
        items.next();
        yield new Call(sql, rows(items), 0, false);
      }
      case "DQ" -> {
        String sql = sql(items);
        skipParameterKinds(items);
        yield query(sql, items);
      }
      case "PQ" -> query(prepared(statement).sql(), items);
      case "PU" -> {
        String sql = prepared(statement).sql();
        boolean fast = statement.isFastInsert();
        yield new Call(sql, fast ? fastRows(items) : standardRows(items), 0, fast);
      }
      default -> NONE;
    };
  }

  /** The statement without the blanks that the driver puts around the dot of a name. */
  String readableSql() {
    return sql.replace(" . ", ".");
  }

  /** How many rows have values; a statement without parameters is sent with one empty row. */
  int rowsOfParameters() {
    return (int) rows.stream().filter(row -> !row.isEmpty()).count();
  }

  /** The first half of the rows, rounded down. */
  Call firstHalf() {
    return new Call(sql, rows.subList(0, rows.size() / 2), maxRows, fastInsert);
  }

  /** The first row, empty where there are no parameters. */
  List<Object> firstRow() {
    return rows.isEmpty() ? List.of() : rows.get(0);
  }

  private static WireStatement prepared(WireStatement statement) {
    if (statement == null) {
      throw new MalformedMessageException("the statement was never prepared");
    }
    return statement;
  }

  private static Call query(String sql, ListReader items) {
    List<List<Object>> rows = rows(items);
    items.next();
    return new Call(sql, rows, items.nextInteger(), false);
  }

  /** Observed: the text comes in pieces, their number first. */
  private static String sql(ListReader items) {
    int chunks = items.nextInteger();
    StringBuilder sql = new StringBuilder();
    for (int i = 0; i < chunks; i++) {
      sql.append(items.nextString());
    }
    return sql.toString();
  }

  private static void skipParameterKinds(ListReader items) {
    int parameters = items.nextInteger();
    for (int i = 0; i < parameters; i++) {
      items.next();
      items.next();
    }
  }

  private static List<List<Object>> standardRows(ListReader items) {
    items.next();
    items.next();
    return rows(items);
  }

  private static List<List<Object>> rows(ListReader items) {
    int count = items.nextInteger();
    int width = items.nextInteger();
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(row(items, width));
    }
    return rows;
  }

  /** Observed: a row is one item, a list of its slots, after the keys that are not asked for. */
  private static List<List<Object>> fastRows(ListReader items) {
    int count = items.nextRawInteger();
    items.next();
    items.next();
    int keys = items.nextInteger() - 1;
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      row(items, keys);
      ListReader slots = items.nextList();
      List<Object> row = new ArrayList<>();
      while (slots.hasNext()) {
        row.add(slots.next());
      }
      rows.add(row);
    }
    return rows;
  }

  private static List<Object> row(ListReader items, int width) {
    List<Object> row = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      row.add(items.next());
    }
    return row;
  }
}
