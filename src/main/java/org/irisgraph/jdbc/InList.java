package org.irisgraph.jdbc;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The values of an IN list, and its parameters: the same values, one of them repeated up to one of
 * a few lengths. A database compiles and keeps each distinct statement text (a cached query of
 * IRIS, a plan of PostgreSQL), and lists of any length would be hundreds of texts.
 *
 * @param values the values to find, at least one
 * @param parameters the parameters to bind; their number is one of four
 */
public record InList(List<String> values, List<String> parameters) {

  /** In descending order. */
  private static final int[] LENGTHS = {500, 200, 20, 1};

  /** The longest list, in parameters. */
  static final int MAX_LENGTH = LENGTHS[0];

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
    int fitting = 0;
    long characters = 0;
    String shortest = values.get(0);
    while (fitting < Math.min(values.size(), MAX_LENGTH)) {
      String next = values.get(fitting);
      if (characters + next.length() > MAX_CHARACTERS) {
        break;
      }
      characters += next.length();
      shortest = next.length() < shortest.length() ? next : shortest;
      fitting++;
    }
    int length = 0;
    for (int candidate : LENGTHS) {
      if (candidate <= fitting) {
        // Without padding; with fewer values if none of the longer lists may have the padding.
        length = length == 0 || candidate == fitting ? candidate : length;
        break;
      }
      if (characters + (long) (candidate - fitting) * shortest.length() <= MAX_CHARACTERS) {
        length = candidate;
      }
    }
    length = Math.max(length, 1);
    return padded(values.subList(0, Math.min(Math.max(fitting, 1), length)), length, shortest);
  }

  private static InList padded(List<String> values, int length, String padding) {
    List<String> parameters = new ArrayList<>(length);
    parameters.addAll(values);
    while (parameters.size() < length) {
      parameters.add(padding);
    }
    return new InList(values, List.copyOf(parameters));
  }

  /** The markers of the parameters: {@code ?, ?, ?}. */
  public String markers() {
    return Sql.markers(parameters.size());
  }
}
