package org.irisgraph.extract.ner;

import static java.util.stream.Collectors.toSet;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Compares the lattice with an enumeration of all tag sequences. */
class TagLatticeTest {

  private static final Tags TAGS = new Tags(List.of("DISEASE", "DRUG"));
  private static final int SIZE = 4;

  private final Transitions transitions = new Transitions(TAGS);
  private final byte[] gaps = new byte[SIZE];
  private final double[] scores = new double[SIZE * TAGS.size()];

  @RepeatedTest(5)
  void agreesWithAnEnumerationOfAllSequences(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    for (int gap = 0; gap < Transitions.GAPS; gap++) {
      for (int before = 0; before < TAGS.size(); before++) {
        float[] weights = new float[TAGS.size()];
        for (int tag = 0; tag < weights.length; tag++) {
          weights[tag] = (float) random.nextGaussian();
        }
        transitions.set(gap, before, weights, 0, 1);
      }
    }
    for (int token = 0; token < SIZE; token++) {
      gaps[token] = (byte) random.nextInt(Transitions.GAPS);
    }
    Arrays.setAll(scores, at -> 2 * random.nextGaussian());

    double all = 0;
    double[] ofTags = new double[scores.length];
    Map<String, Double> ofNames = new HashMap<>();
    byte[] sequence = new byte[SIZE];
    for (int number = 0; number < Math.pow(TAGS.size(), SIZE); number++) {
      int rest = number;
      for (int token = 0; token < SIZE; token++) {
        sequence[token] = (byte) (rest % TAGS.size());
        rest /= TAGS.size();
      }
      double weight = weight(sequence);
      all += weight;
      for (int token = 0; token < SIZE; token++) {
        ofTags[token * TAGS.size() + sequence[token]] += weight;
      }
      if (weight > 0) {
        names(sequence).forEach(name -> ofNames.merge(name, weight, Double::sum));
      }
    }

    TagLattice lattice = new TagLattice(TAGS, transitions, gaps, scores);
    lattice.computeProbabilities();
    double sum = all;
    double least = 0.2;
    List<TagLattice.Name> found = lattice.namesFrom(least);
    for (TagLattice.Name name : found) {
      assertThat(name.probability(), closeTo(ofNames.get(string(name)) / all, 1e-9));
    }
    for (int i = 1; i < found.size(); i++) {
      assertThat(found.get(i).first(), greaterThanOrEqualTo(found.get(i - 1).end()));
    }
    for (Map.Entry<String, Double> name : ofNames.entrySet()) {
      double probability = name.getValue() / all;
      assertThat(
          name + " is found, or a more probable one that overlaps it",
          probability < least
              || found.stream()
                  .anyMatch(
                      other ->
                          string(other).equals(name.getKey())
                              || (other.probability() >= probability
                                  && overlaps(name.getKey(), other))),
          is(true));
    }
    Set<String> probable =
        ofNames.keySet().stream().filter(name -> ofNames.get(name) / sum >= 0.5).collect(toSet());
    assertThat(lattice.namesFrom(0.5).stream().map(this::string).collect(toSet()), is(probable));
    assertThat(lattice.logPartition(), closeTo(Math.log(all), 1e-9));
    for (int token = 0; token < SIZE; token++) {
      for (int tag = 0; tag < TAGS.size(); tag++) {
        double expected = ofTags[token * TAGS.size() + tag] / all;
        assertThat(lattice.probability(token, tag), closeTo(expected, 1e-9));
        double fromAllBefore = 0;
        for (int before = 0; before < TAGS.size(); before++) {
          fromAllBefore += lattice.probability(token, before, tag);
        }
        assertThat(fromAllBefore, closeTo(expected, 1e-9));
      }
    }
  }

  /** Whether a name in the form of {@link #string} has a token of another one. */
  private static boolean overlaps(String name, TagLattice.Name other) {
    String[] ends = name.split("[- ]", -1);
    return Integer.parseInt(ends[0]) < other.end() && other.first() < Integer.parseInt(ends[1]);
  }

  private String string(TagLattice.Name name) {
    return name.first() + "-" + name.end() + " " + name.type();
  }

  private static List<String> names(byte... sequence) {
    List<String> names = new ArrayList<>();
    int first = 0;
    for (int token = 0; token < sequence.length; token++) {
      if (TAGS.startsName(sequence[token])) {
        first = token;
      }
      if (sequence[token] != Tags.OUTSIDE && TAGS.isClosed(sequence[token])) {
        names.add(first + "-" + (token + 1) + " " + TAGS.type(sequence[token]));
      }
    }
    return names;
  }

  /** Returns the exponential of a sequence's score; 0 if a name in it is incomplete. */
  private double weight(byte[] sequence) {
    double score = 0;
    int before = Tags.OUTSIDE;
    for (int token = 0; token < SIZE; token++) {
      if (!TAGS.mayFollow(before, sequence[token])) {
        return 0;
      }
      score +=
          Math.log(transitions.factor(gaps[token], before, sequence[token]))
              + scores[token * TAGS.size() + sequence[token]];
      before = sequence[token];
    }
    return TAGS.isClosed(before) ? Math.exp(score) : 0;
  }
}
