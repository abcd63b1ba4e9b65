package org.irisgraph.extract.ner;

import java.util.Arrays;

/** Growable primitive long list. */
final class LongList {

  private long[] elements = new long[64];
  private int size;

  void add(long element) {
    if (size == elements.length) {
      elements = Arrays.copyOf(elements, size * 2);
    }
    elements[size++] = element;
  }

  void addAll(long[] others) {
    for (long other : others) {
      add(other);
    }
  }

  long get(int index) {
    return elements[index];
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  long[] toArray() {
    return Arrays.copyOf(elements, size);
  }
}
