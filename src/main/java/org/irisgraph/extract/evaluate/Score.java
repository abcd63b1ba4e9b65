package org.irisgraph.extract.evaluate;

/**
 * How well names were found.
 *
 * @param right found, and marked with the same first and last character and the same type
 * @param found how many were found
 * @param marked how many people have marked
 */
public record Score(long right, long found, long marked) {

  static final Score NONE = new Score(0, 0, 0);

  Score plus(Score other) {
    return new Score(right + other.right, found + other.found, marked + other.marked);
  }

  /** The share of what was found that is right, 0 to 1; 0 if nothing was found. */
  public double precision() {
    return found == 0 ? 0 : (double) right / found;
  }

  /** The share of what is marked that was found, 0 to 1; 0 if nothing is marked. */
  public double recall() {
    return marked == 0 ? 0 : (double) right / marked;
  }

  /**
   * The harmonic mean of precision and recall: {@code 2PR / (P + R) = 2 right / (found + marked)}.
   */
  public double f1() {
    return found + marked == 0 ? 0 : 2.0 * right / (found + marked);
  }
}
