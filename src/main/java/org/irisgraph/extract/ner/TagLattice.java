package org.irisgraph.extract.ner;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The tag sequences of a row of tokens in a linear-chain conditional random field: their marginal
 * probabilities by the forward-backward algorithm. Names neither start before the row nor continue
 * after it.
 */
final class TagLattice {

  private static final double IMPOSSIBLE = Double.NEGATIVE_INFINITY;

  private final Tags tags;
  private final int count;
  private final Transitions transitions;
  private final byte[] gaps;
  private final double[] scores;
  private final int size;

  private double[] potentials = {};
  private double[] forward = {};
  private double[] backward = {};
  private double[] sums = {};
  private double logPartition;

  /**
   * @param gaps the gap before each token, see {@link TokenizedText#gap}
   * @param scores for each token one score for each tag
   */
  TagLattice(Tags tags, Transitions transitions, byte[] gaps, double[] scores) {
    this.tags = tags;
    this.count = tags.size();
    this.transitions = transitions;
    this.gaps = gaps;
    this.scores = scores;
    this.size = gaps.length;
  }

  /** Computes all probabilities; call before the methods that return them. */
  void computeProbabilities() {
    potentials = new double[size * count];
    forward = new double[size * count];
    backward = new double[size * count];
    sums = new double[size];
    logPartition = 0;
    computeForward();
    computeBackward();
  }

  private void computeForward() {
    for (int token = 0; token < size; token++) {
      int row = token * count;
      double highest = IMPOSSIBLE;
      for (int tag = 0; tag < count; tag++) {
        highest = Math.max(highest, scores[row + tag]);
      }
      double sum = 0;
      for (int tag = 0; tag < count; tag++) {
        double reached = 0;
        for (int before : tags.predecessors(tag)) {
          reached += before(token, before) * transitions.factor(gaps[token], before, tag);
        }
        potentials[row + tag] = Math.exp(scores[row + tag] - highest);
        forward[row + tag] = reached * potentials[row + tag];
        sum += forward[row + tag];
      }
      for (int tag = 0; tag < count; tag++) {
        forward[row + tag] /= sum;
      }
      sums[token] = sum;
      logPartition += Math.log(sum) + highest;
    }
  }

  private void computeBackward() {
    int end = (size - 1) * count;
    double closed = 0;
    for (int tag = 0; tag < count; tag++) {
      closed += tags.isClosed(tag) ? forward[end + tag] : 0;
    }
    for (int tag = 0; tag < count; tag++) {
      backward[end + tag] = tags.isClosed(tag) ? 1 / closed : 0;
    }
    logPartition += Math.log(closed);
    for (int token = size - 2; token >= 0; token--) {
      int row = token * count;
      int next = row + count;
      for (int tag = 0; tag < count; tag++) {
        double out = 0;
        for (int after : tags.successors(tag)) {
          out +=
              transitions.factor(gaps[token + 1], tag, after)
                  * potentials[next + after]
                  * backward[next + after];
        }
        backward[row + tag] = out / sums[token + 1];
      }
    }
  }

  /** Forward probability of a tag at the previous token. */
  private double before(int token, int tag) {
    if (token == 0) {
      return tag == Tags.OUTSIDE ? 1 : 0;
    }
    return forward[(token - 1) * count + tag];
  }

  /** Probability of a tag at a token. */
  double probability(int token, int tag) {
    return forward[token * count + tag] * backward[token * count + tag];
  }

  /** Probability of a tag at a token together with another one at the previous token. */
  double probability(int token, int before, int tag) {
    return before(token, before) * step(token, before, tag) * backward[token * count + tag];
  }

  private double step(int token, int before, int tag) {
    return transitions.factor(gaps[token], before, tag)
        * potentials[token * count + tag]
        / sums[token];
  }

  /**
   * A name from token {@code first} to before token {@code end}.
   *
   * @param probability that all its tokens have their tags
   */
  record Name(int first, int end, String type, double probability) {}

  /**
   * Returns the names that have at least this probability, the more probable one where two overlap.
   * The most probable sequence also has names that are improbable, where many others compete.
   */
  List<Name> namesFrom(double least) {
    computeProbabilities();
    List<Name> names = new ArrayList<>();
    for (int token = 0; token < size; token++) {
      for (int tag : tags.starts()) {
        if (probability(token, tag) >= least) {
          addNames(token, tag, least, names);
        }
      }
    }
    names.sort(Comparator.comparingDouble(Name::probability).reversed());
    boolean[] taken = new boolean[size];
    List<Name> kept = new ArrayList<>();
    for (Name name : names) {
      if (take(name, taken)) {
        kept.add(name);
      }
    }
    kept.sort(Comparator.comparingInt(Name::first));
    return kept;
  }

  /** Takes the tokens of a name, unless one of them is taken. */
  private static boolean take(Name name, boolean[] taken) {
    for (int token = name.first(); token < name.end(); token++) {
      if (taken[token]) {
        return false;
      }
    }
    Arrays.fill(taken, name.first(), name.end(), true);
    return true;
  }

  /** Adds the names that start with a tag at a token. */
  private void addNames(int first, int tag, double least, List<Name> names) {
    String type = tags.type(tag);
    if (tags.isClosed(tag)) {
      names.add(new Name(first, first + 1, type, Math.min(1, probability(first, tag))));
      return;
    }
    int inside = tags.of(type, Tags.INSIDE);
    int last = tags.of(type, Tags.LAST);
    int before = tag;
    double reached = forward[first * count + tag];
    for (int token = first + 1; token < size; token++) {
      double whole = reached * step(token, before, last) * backward[token * count + last];
      if (whole >= least) {
        names.add(new Name(first, token + 1, type, Math.min(1, whole)));
      }
      reached *= step(token, before, inside);
      if (reached * backward[token * count + inside] < least) {
        return;
      }
      before = inside;
    }
  }

  /** Logarithm of the partition function: of the sum over all sequences. */
  double logPartition() {
    return logPartition;
  }
}
