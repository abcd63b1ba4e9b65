package org.irisgraph.extract.evaluate;

/**
 * Counts for precision and recall.
 *
 * @param right number of found items that are annotated with the same span and type
 * @param found number of found items
 * @param marked number of annotated items
 */
public record Score(long right, long found, long marked) {

  static final Score NONE = new Score(0, 0, 0);

  Score plus(Score other) {
    return new Score(right + other.right, found + other.found, marked + other.marked);
  }

  /** Share of the found items that are right, 0 to 1; 0 if none was found. */
  public double precision() {
    return found == 0 ? 0 : (double) right / found;
  }

  /** Share of the annotated items that were found, 0 to 1; 0 if none is annotated. */
  public double recall() {
    return marked == 0 ? 0 : (double) right / marked;
  }

  /** Harmonic mean of precision and recall: {@code 2PR / (P + R) = 2 right / (found + marked)}. */
  public double f1() {
    return found + marked == 0 ? 0 : 2.0 * right / (found + marked);
  }
}
