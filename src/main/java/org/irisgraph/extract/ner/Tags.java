package org.irisgraph.extract.ner;

import java.util.List;
import java.util.stream.IntStream;

/** BILOU tags: outside of names, or for each type begin, inside, last and unit. */
final class Tags {

  static final int OUTSIDE = 0;
  static final int BEGIN = 0;
  static final int INSIDE = 1;
  static final int LAST = 2;
  static final int UNIT = 3;

  private static final String PLACES = "BILU";

  private final List<String> types;
  private final int[][] predecessors;
  private final int[][] successors;
  private final int[] starts;

  Tags(List<String> types) {
    this.types = List.copyOf(types);
    this.predecessors = new int[size()][];
    this.successors = new int[size()][];
    this.starts = IntStream.range(0, size()).filter(this::startsName).toArray();
    for (int tag = 0; tag < size(); tag++) {
      int here = tag;
      predecessors[tag] =
          IntStream.range(0, size()).filter(before -> mayFollow(before, here)).toArray();
      successors[tag] =
          IntStream.range(0, size()).filter(after -> mayFollow(here, after)).toArray();
    }
  }

  int size() {
    return 1 + types.size() * PLACES.length();
  }

  List<String> types() {
    return types;
  }

  int of(String type, int place) {
    int index = types.indexOf(type);
    if (index < 0) {
      throw new IllegalArgumentException("no such type: " + type);
    }
    return 1 + index * PLACES.length() + place;
  }

  /** Returns the position in a name of a tag that is not {@link #OUTSIDE}. */
  int place(int tag) {
    return (tag - 1) % PLACES.length();
  }

  String type(int tag) {
    return types.get((tag - 1) / PLACES.length());
  }

  /** Returns the name of a tag, as in {@code B-DRUG}; {@code O} outside of names. */
  String name(int tag) {
    return tag == OUTSIDE ? "O" : PLACES.charAt(place(tag)) + "-" + type(tag);
  }

  /**
   * Returns the tag with this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  int parse(String name) {
    for (int tag = 0; tag < size(); tag++) {
      if (name(tag).equals(name)) {
        return tag;
      }
    }
    throw new IllegalArgumentException("no such tag: " + name);
  }

  boolean startsName(int tag) {
    return tag != OUTSIDE && (place(tag) == BEGIN || place(tag) == UNIT);
  }

  /** Whether no name continues after the tag. */
  boolean isClosed(int tag) {
    return tag == OUTSIDE || place(tag) == LAST || place(tag) == UNIT;
  }

  /** The tags that start a name, in ascending order. */
  int[] starts() {
    return starts;
  }

  /** The tags that may precede a tag, in ascending order. */
  int[] predecessors(int tag) {
    return predecessors[tag];
  }

  /** The tags that may follow a tag, in ascending order. */
  int[] successors(int tag) {
    return successors[tag];
  }

  /** Whether the second tag may follow the first. */
  boolean mayFollow(int first, int second) {
    boolean continues = second != OUTSIDE && (place(second) == INSIDE || place(second) == LAST);
    if (isClosed(first)) {
      return !continues;
    }
    return continues && type(first).equals(type(second));
  }
}
