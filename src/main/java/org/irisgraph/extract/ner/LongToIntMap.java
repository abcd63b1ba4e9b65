package org.irisgraph.extract.ner;

/** A map from hashes to numbers above 0, without boxes; {@code get} is safe for several threads. */
final class LongToIntMap {

  /** Of this much of the table is used at most. */
  private static final double LOAD = 0.6;

  private long[] keys;
  private int[] values;
  private int size;

  LongToIntMap(int expected) {
    int capacity = Integer.highestOneBit(Math.max(8, (int) (expected / LOAD))) << 1;
    keys = new long[capacity];
    values = new int[capacity];
  }

  int size() {
    return size;
  }

  /** The number of the key; 0 if it has none. */
  int get(long key) {
    int mask = values.length - 1;
    for (int slot = slot(key, mask); values[slot] != 0; slot = (slot + 1) & mask) {
      if (keys[slot] == key) {
        return values[slot];
      }
    }
    return 0;
  }

  void put(long key, int value) {
    if (value <= 0) {
      throw new IllegalArgumentException("the number must be above 0: " + value);
    }
    int mask = values.length - 1;
    int slot = slot(key, mask);
    while (values[slot] != 0 && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    if (values[slot] == 0) {
      size++;
    }
    keys[slot] = key;
    values[slot] = value;
    if (size > values.length * LOAD) {
      grow();
    }
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldValues = values;
    keys = new long[oldKeys.length * 2];
    values = new int[oldValues.length * 2];
    size = 0;
    for (int slot = 0; slot < oldKeys.length; slot++) {
      if (oldValues[slot] != 0) {
        put(oldKeys[slot], oldValues[slot]);
      }
    }
  }

  private static int slot(long key, int mask) {
    return (int) (key ^ (key >>> 32)) & mask;
  }
}
