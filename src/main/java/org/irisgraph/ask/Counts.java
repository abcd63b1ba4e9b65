package org.irisgraph.ask;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;

/** Puts counts into the order in which they are shown. */
final class Counts {

  private Counts() {}

  /** The largest first; equal ones stay in the order of their keys. */
  static <N extends Comparable<N>> Map<String, N> largestFirst(SortedMap<String, N> counts) {
    Map<String, N> ordered = new LinkedHashMap<>();
    counts.entrySet().stream()
        .sorted(Map.Entry.<String, N>comparingByValue().reversed())
        .forEachOrdered(count -> ordered.put(count.getKey(), count.getValue()));
    return ordered;
  }
}
