package org.irisgraph.table;

import java.io.Serializable;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Rows whose key lies between two values, as the database compares them. What it takes for equal
 * lies in one range, however it collates; the first range has no lower end and the last no upper
 * one, so that together they leave nothing out.
 *
 * @param from the lower end, null for none
 * @param withFrom whether rows with the lower end belong to it
 * @param to the upper end, which belongs to it; null for none
 * @param nulls whether it is that of the rows without a key, which lie between no values
 */
public record KeyRange(@Nullable String from, boolean withFrom, @Nullable String to, boolean nulls)
    implements Serializable {

  /** The rows that have no key. */
  public static final KeyRange NULLS = new KeyRange(null, false, null, true);

  /** Rows with a key above one and up to another, each null for no end. */
  static KeyRange above(@Nullable String from, @Nullable String to) {
    return new KeyRange(from, false, to, false);
  }

  /** From one key to another, with both. */
  static KeyRange between(String from, String to) {
    return new KeyRange(from, true, to, false);
  }

  /** The rows of one key. */
  public static KeyRange of(String key) {
    return between(key, key);
  }

  /** What is left of it from a key on, with the rows of that key. */
  KeyRange startingAt(String key) {
    return between(key, to);
  }

  /** The condition, with a marker for each end. */
  String condition(String column) {
    List<String> conditions = new ArrayList<>();
    if (nulls) {
      conditions.add(column + " IS NULL");
    }
    if (from != null) {
      conditions.add(column + (withFrom ? " >= ?" : " > ?"));
    }
    if (to != null) {
      conditions.add(column + " <= ?");
    }
    return conditions.isEmpty() ? column + " IS NOT NULL" : String.join(" AND ", conditions);
  }

  /** Binds the ends to the markers. */
  void bind(PreparedStatement statement, KeyType type) throws SQLException {
    int index = 1;
    if (from != null) {
      type.bind(statement, index++, from);
    }
    if (to != null) {
      type.bind(statement, index, to);
    }
  }
}
