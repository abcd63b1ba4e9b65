package org.irisgraph.extract.ner;

import java.util.Arrays;

/** Weights of tag transitions, for each kind of gap between two tokens. */
final class Transitions {

  /** {@link TokenizedText#JOINED}, {@link TokenizedText#SPACE}, {@link TokenizedText#LINE_END}. */
  static final int GAPS = 3;

  /** The gap before a token that no name goes on over. */
  static final int BREAK = GAPS;

  private static final long TRANSITION = FeatureHash.of("transition");

  private final Tags tags;
  private final int count;
  private final double[] factors;

  Transitions(Tags tags) {
    this.tags = tags;
    this.count = tags.size();
    this.factors = new double[(GAPS + 1) * count * count];
  }

  static Transitions of(Tags tags, Weights weights) {
    Transitions transitions = new Transitions(tags);
    float[] row = new float[tags.size()];
    for (int gap = 0; gap < GAPS; gap++) {
      for (int before = 0; before < tags.size(); before++) {
        Arrays.fill(row, 0);
        weights.add(feature(gap, before), row, 0);
        transitions.set(gap, before, row, 0, 1);
      }
    }
    return transitions;
  }

  /** Returns the feature of a token after a gap and a tag. */
  static long feature(int gap, int before) {
    return FeatureHash.of(TRANSITION, gap, before);
  }

  /**
   * Sets the weights of the transitions from a tag. Transitions that are not allowed keep a factor
   * of 0.
   *
   * @param from index of the first weight
   * @param scale factor of all weights
   */
  void set(int gap, int before, float[] weights, int from, double scale) {
    int row = (gap * count + before) * count;
    for (int tag = 0; tag < count; tag++) {
      boolean allowed = tags.mayFollow(before, tag);
      factors[row + tag] = allowed ? Math.exp(weights[from + tag] * scale) : 0;
    }
    if (gap == TokenizedText.LINE_END) {
      setBreak(before);
    }
  }

  /** At a break the weights are those of a line's end. */
  private void setBreak(int before) {
    int row = (BREAK * count + before) * count;
    int lineEnd = (TokenizedText.LINE_END * count + before) * count;
    for (int tag = 0; tag < count; tag++) {
      boolean allowed = tags.isClosed(before) && tags.mayFollow(before, tag);
      factors[row + tag] = allowed ? factors[lineEnd + tag] : 0;
    }
  }

  /** Weight of a transition, the exponential of its score: 0 if the transition is not allowed. */
  double factor(int gap, int before, int tag) {
    return factors[(gap * count + before) * count + tag];
  }
}
