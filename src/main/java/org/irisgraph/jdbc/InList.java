package org.irisgraph.jdbc;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * The values of an IN list, and its parameters: the same values, one of them repeated up to the
 * length that all lists have. A database compiles and keeps each distinct statement text (a cached
 * query of IRIS, a plan of PostgreSQL): lists of two lengths would be nearly twice as many texts.
 *
 * @param values the values to find, at least one
 * @param parameters the parameters to bind: 250 or, if the values are very long, 25 or 1
 */
public record InList(List<String> values, List<String> parameters) {

  /** The longest first. The others are for values of more than 255 characters, which are rare. */
  private static final int[] LENGTHS = {250, 25};

  /** The longest list, in characters of its parameters: that of 250 keys of 255 characters. */
  static final int MAX_CHARACTERS = 64_000;

  /**
   * Divides values into lists, in their order. A list has more than {@link #MAX_CHARACTERS} only if
   * it is a single value.
   */
  public static List<InList> of(Collection<String> values) {
    List<String> all = List.copyOf(values);
    List<InList> lists = new ArrayList<>();
    int start = 0;
    while (start < all.size()) {
      InList list = first(all.subList(start, all.size()));
      lists.add(list);
      start += list.values.size();
    }
    return lists;
  }

  private static InList first(List<String> values) {
    for (int length : LENGTHS) {
      InList list = padded(values.subList(0, Math.min(values.size(), length)), length);
      if (list.characters() <= MAX_CHARACTERS) {
        return list;
      }
    }
    return padded(values.subList(0, 1), 1);
  }

  private static InList padded(List<String> values, int length) {
    List<String> parameters = new ArrayList<>(values);
    String shortest = Collections.min(values, Comparator.comparingInt(String::length));
    parameters.addAll(Collections.nCopies(length - values.size(), shortest));
    return new InList(values, List.copyOf(parameters));
  }

  private long characters() {
    return parameters.stream().mapToLong(String::length).sum();
  }

  /** The markers of the parameters: {@code ?, ?, ?}. */
  public String markers() {
    return Sql.markers(parameters.size());
  }
}
