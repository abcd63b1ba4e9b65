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

  /** In ascending order. */
  private static final int[] LENGTHS = {1, 20, 200, 500};

  /** The longest list, in parameters. */
  static final int MAX_LENGTH = LENGTHS[LENGTHS.length - 1];

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
    int length = length(fitting, characters, shortest.length());
    return padded(values.subList(0, Math.min(Math.max(fitting, 1), length)), length, shortest);
  }

  /** The shortest length for all values, padded; if padding is too long, one for fewer values. */
  private static int length(int values, long characters, int paddingCharacters) {
    int shorter = LENGTHS[0];
    for (int length : LENGTHS) {
      if (length <= values) {
        shorter = length;
      }
      long padding = (long) (length - values) * paddingCharacters;
      if (length >= values && characters + padding <= MAX_CHARACTERS) {
        return length;
      }
    }
    return shorter;
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
