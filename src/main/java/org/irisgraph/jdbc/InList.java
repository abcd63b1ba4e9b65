package org.irisgraph.jdbc;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * The values of an IN list, and its parameters: the same values, one of them repeated up to one of
 * a few lengths. A database compiles and keeps each distinct statement text (a cached query of
 * IRIS, a plan of PostgreSQL), and lists of any length would be hundreds of texts.
 *
 * @param values the values to find, at least one
 * @param parameters the parameters to bind: 20 or 500 or, if values are very long, 200 or 1
 */
public record InList(List<String> values, List<String> parameters) {

  /** The length of the list of so many values or fewer. */
  private static final int SHORT = 20;

  /** The longest list, in parameters. */
  static final int MAX_LENGTH = 500;

  /** The longest first. */
  private static final int[] LENGTHS = {MAX_LENGTH, 200, SHORT};

  /** The longest list, in characters of its parameters: that of 250 keys of 255 characters. */
  static final int MAX_CHARACTERS = 64_000;

  /**
   * Divides values into lists, in their order. All have the same length unless their values are
   * very long: a statement with two of them would be a text for each pair of lengths. A list has
   * more than {@link #MAX_CHARACTERS} only if it is a single value.
   */
  public static List<InList> of(Collection<String> values) {
    List<String> all = List.copyOf(values);
    int longest = all.size() <= SHORT ? SHORT : MAX_LENGTH;
    List<InList> lists = new ArrayList<>();
    int start = 0;
    while (start < all.size()) {
      InList list = first(all.subList(start, all.size()), longest);
      lists.add(list);
      start += list.values.size();
    }
    return lists;
  }

  private static InList first(List<String> values, int longest) {
    for (int length : LENGTHS) {
      if (length <= longest) {
        InList list = padded(values.subList(0, Math.min(values.size(), length)), length);
        if (list.characters() <= MAX_CHARACTERS) {
          return list;
        }
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
