package org.irisgraph.linked;

import java.io.Serializable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.irisgraph.jdbc.InList;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.StreamedRows;
import org.jspecify.annotations.Nullable;

/**
 * A condition on a column of keys, and its parameters.
 *
 * @param condition with {@code %s} for the column
 */
public record NodeRange(String condition, List<String> parameters) implements Serializable {

  /** Less than any key. */
  static final String START = " ";

  /** All keys. */
  static final NodeRange EVERYTHING = between(START, null);

  /** The keys after one, up to another, or to the end if that is null. */
  static NodeRange between(String after, @Nullable String upTo) {
    return upTo == null
        ? new NodeRange("%s > ?", List.of(after))
        : new NodeRange("%1$s > ? AND %1$s <= ?", List.of(after, upTo));
  }

  /** These keys; there may be several conditions, since a list has a longest length. */
  static List<NodeRange> of(Collection<String> keys) {
    List<NodeRange> ranges = new ArrayList<>();
    for (InList list : InList.of(keys)) {
      ranges.add(new NodeRange("%s IN (" + list.markers() + ")", list.parameters()));
    }
    return ranges;
  }

  /** Corrects what is in a range. */
  @FunctionalInterface
  interface Work {
    CorrectedRows run(NodeRange range) throws SQLException;
  }

  /** Divides the values of a column into ranges of about so many rows, one after the other. */
  static CorrectedRows forEachPortion(
      Connection connection, String table, String column, int size, Work work) throws SQLException {
    CorrectedRows all = CorrectedRows.NONE;
    for (NodeRange range : portions(connection, table, column, size)) {
      all = all.plus(work.run(range));
    }
    return all;
  }

  /**
   * The ranges that hold all rows of a table, in the order of a column that has an index. Each has
   * about so many rows; only a value that more rows have exceeds that.
   */
  public static List<NodeRange> allPortions(
      Connection connection, String table, String column, int size) throws SQLException {
    List<NodeRange> portions = new ArrayList<>();
    // Ids of documents may begin with characters that come before START.
    portions.add(new NodeRange("%s <= ?", List.of(START)));
    portions.addAll(portions(connection, table, column, size));
    return portions;
  }

  /** Divides the values of a column into ranges of about so many rows; the last has no end. */
  static List<NodeRange> portions(Connection connection, String table, String column, int size)
      throws SQLException {
    return EVERYTHING.portionsWithin(connection, table, column, size);
  }

  /** Divides the values of a column that are between two keys; the last ends with the range. */
  List<NodeRange> portionsWithin(Connection connection, String table, String column, int size)
      throws SQLException {
    List<NodeRange> portions = new ArrayList<>();
    String after = parameters.get(0);
    String end = parameters.size() > 1 ? parameters.get(1) : null;
    String upTo;
    do {
      upTo = portionAfter(connection, table, column, between(after, end), size);
      portions.add(between(after, upTo == null ? end : upTo));
      after = upTo == null ? after : upTo;
    } while (upTo != null);
    return portions;
  }

  /** Joins so many consecutive ranges at a time. */
  static List<NodeRange> joined(List<NodeRange> consecutive, int count) {
    List<NodeRange> joined = new ArrayList<>();
    for (int i = 0; i < consecutive.size(); i += count) {
      List<String> first = consecutive.get(i).parameters;
      List<String> last = consecutive.get(Math.min(i + count, consecutive.size()) - 1).parameters;
      joined.add(between(first.get(0), last.size() > 1 ? last.get(1) : null));
    }
    return joined;
  }

  /** The last value of the next portion; null if the portion reaches the end of the range. */
  private static @Nullable String portionAfter(
      Connection connection, String table, String column, NodeRange rest, int size)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT %1$s FROM %2$s WHERE %3$s ORDER BY %1$s"
                .formatted(column, table, rest.on(column)))) {
      statement.setFetchSize(StreamedRows.PORTION);
      statement.setMaxRows(size);
      KeyedRows.bind(statement, rest.parameters.toArray());
      try (ResultSet keys = statement.executeQuery()) {
        int count = 0;
        String key = null;
        while (keys.next()) {
          key = keys.getString(1);
          count++;
        }
        return count < size ? null : key;
      }
    }
  }

  /** Whether it holds all keys. */
  boolean isEverything() {
    return equals(EVERYTHING);
  }

  /** The condition on this column. */
  public String on(String column) {
    return condition.formatted(column);
  }
}
