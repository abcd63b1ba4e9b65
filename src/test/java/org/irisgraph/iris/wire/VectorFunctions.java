package org.irisgraph.iris.wire;

import java.util.StringJoiner;

/**
 * The server's vector functions, for H2, which keeps a vector as text: its numbers with commas
 * between. Public because H2 calls it by name. That a text that is no vector fails as a field
 * validation is a choice.
 */
public final class VectorFunctions {
  private VectorFunctions() {}

  /** {@code TO_VECTOR(text, FLOAT)}. */
  public static String toVector(String text) {
    if (text == null) {
      return null;
    }
    StringJoiner joined = new StringJoiner(",");
    for (float number : numbers(text)) {
      joined.add(Float.toString(number));
    }
    return joined.toString();
  }

  /** {@code TO_VECTOR(text, FLOAT, length)}. */
  public static String toVector(String text, int length) {
    if (text != null && dimensions(text) != length) {
      throw new IllegalArgumentException(
          "a vector of " + dimensions(text) + " numbers instead of " + length);
    }
    return toVector(text);
  }

  /** How many numbers the vector has. */
  public static int dimensions(String text) {
    return numbers(text).length;
  }

  /** {@code VECTOR_DOT_PRODUCT(a, b)}. */
  public static Double dotProduct(String left, String right) {
    return left == null || right == null ? null : product(numbers(left), numbers(right));
  }

  /** {@code VECTOR_COSINE(a, b)}. */
  public static Double cosine(String left, String right) {
    if (left == null || right == null) {
      return null;
    }
    float[] first = numbers(left);
    float[] second = numbers(right);
    return product(first, second) / Math.sqrt(product(first, first) * product(second, second));
  }

  private static double product(float[] left, float[] right) {
    if (left.length != right.length) {
      throw new IllegalArgumentException(
          "vectors of " + left.length + " and " + right.length + " numbers");
    }
    double sum = 0;
    for (int i = 0; i < left.length; i++) {
      sum += (double) left[i] * right[i];
    }
    return sum;
  }

  private static float[] numbers(String text) {
    String bare = text.strip();
    if (bare.startsWith("[") && bare.endsWith("]")) {
      bare = bare.substring(1, bare.length() - 1);
    }
    String[] parts = bare.split(",", -1);
    float[] numbers = new float[parts.length];
    for (int i = 0; i < parts.length; i++) {
      numbers[i] = Float.parseFloat(parts[i].strip());
    }
    return numbers;
  }
}
