package org.irisgraph.benchmark;

import java.util.Arrays;
import java.util.Collection;

/** What a benchmark gives for its repetitions, since one that another process disturbs is slow. */
public final class Median {

  private Median() {}

  /** The middle value, of an even number the larger of the two. */
  public static double of(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  static double of(Collection<Double> values) {
    return of(values.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
