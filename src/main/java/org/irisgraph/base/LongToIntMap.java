package org.irisgraph.base;

/**
 * Primitive hash map from hashes to positive numbers. Several threads may call {@code get} at once.
 */
public final class LongToIntMap {

  /** Maximum share of used slots. */
  private static final double LOAD = 0.6;

  private long[] keys;
  private int[] values;
  private int size;

  /**
   * @param expected how many keys there will be; it may become more
   */
  public LongToIntMap(int expected) {
    int capacity = Integer.highestOneBit(Math.max(8, (int) (expected / LOAD))) << 1;
    keys = new long[capacity];
    values = new int[capacity];
  }

  /** How many keys there are. */
  public int size() {
    return size;
  }

  /** Returns the number of a key, 0 if there is none. */
  public int get(long key) {
    int mask = values.length - 1;
    for (int slot = slot(key, mask); values[slot] != 0; slot = (slot + 1) & mask) {
      if (keys[slot] == key) {
        return values[slot];
      }
    }
    return 0;
  }

  /** Sets the number of a key. */
  public void put(long key, int value) {
    if (value <= 0) {
      throw new IllegalArgumentException("the number must be positive: " + value);
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
