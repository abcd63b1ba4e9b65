package org.irisgraph.table;

import java.io.Serializable;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows whose key lies between two values in the database's collation. Keys that the database
 * considers equal are in one range. The first range has no lower end and the last no upper end, so
 * that together they cover all keys.
 *
 * @param from the lower end, null for none
 * @param withFrom whether the lower end is included
 * @param to the upper end, which is included; null for none
 * @param nulls whether this is the range of the rows without a key
 */
public record KeyRange(@Nullable String from, boolean withFrom, @Nullable String to, boolean nulls)
    implements Serializable {

  /** The rows without a key. */
  public static final KeyRange NULLS = new KeyRange(null, false, null, true);

  /** Excludes the lower end and includes the upper end; null for no end. */
  static KeyRange above(@Nullable String from, @Nullable String to) {
    return new KeyRange(from, false, to, false);
  }

  /** Includes both ends. */
  static KeyRange between(String from, @Nullable String to) {
    return new KeyRange(from, true, to, false);
  }

  /** The rows of one key. */
  public static KeyRange of(String key) {
    return between(key, key);
  }

  /** The rest of this range from a key on, including it. */
  KeyRange startingAt(String key) {
    return between(key, to);
  }

  /** The SQL condition, with a parameter for each end. */
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

  /** Binds the parameters of {@link #condition}. */
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
