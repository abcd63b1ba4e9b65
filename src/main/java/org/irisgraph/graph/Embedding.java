package org.irisgraph.graph;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The vector of a text. */
public final class Embedding {

  private final float[] values;

  public Embedding(float[] values) {
    this.values = values.clone();
  }

  /** The number of values. */
  public int dimension() {
    return values.length;
  }

  public float get(int index) {
    return values[index];
  }

  /** Its values as objects, for drivers that know arrays of them. */
  public Float[] boxed() {
    return IntStream.range(0, values.length).mapToObj(this::get).toArray(Float[]::new);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Embedding vector && Arrays.equals(values, vector.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  /** Its values with commas between, each as short as its value allows. */
  @Override
  public String toString() {
    return IntStream.range(0, values.length)
        .mapToObj(index -> Float.toString(values[index]))
        .collect(Collectors.joining(","));
  }
}
