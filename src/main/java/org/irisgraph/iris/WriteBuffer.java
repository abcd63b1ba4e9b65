package org.irisgraph.iris;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.joda.time.Instant;

/** The elements of one window that wait to be written as one batch. */
final class WriteBuffer<T> {

  private final BoundedWindow window;
  private final List<T> elements = new ArrayList<>();
  private final SortedSet<Integer> shards = new TreeSet<>();
  private long weight;
  private Instant timestamp;

  WriteBuffer(BoundedWindow window, Instant timestamp) {
    this.window = window;
    this.timestamp = timestamp;
  }

  void add(int shard, List<T> added, long addedWeight, Instant addedTimestamp) {
    elements.addAll(added);
    shards.add(shard);
    weight += addedWeight;
    timestamp = later(timestamp, addedTimestamp);
  }

  BoundedWindow window() {
    return window;
  }

  List<T> elements() {
    return elements;
  }

  /** The shards of the elements, sorted so that two threads lock them in the same order. */
  SortedSet<Integer> shards() {
    return shards;
  }

  long weight() {
    return weight;
  }

  /** The latest timestamp of the elements. */
  Instant timestamp() {
    return timestamp;
  }

  static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
