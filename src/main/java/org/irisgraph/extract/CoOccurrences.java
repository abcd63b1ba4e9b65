package org.irisgraph.extract;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts in how many sentences two entities meet. Entities are numbers here, in the order of their
 * first mentions in the document; a pair begins with the smaller.
 */
final class CoOccurrences {

  private final int maxPairsPerSentence;
  private final Map<Pair, Integer> sentences = new HashMap<>();
  private long dropped;

  CoOccurrences(int maxPairsPerSentence) {
    this.maxPairsPerSentence = maxPairsPerSentence;
  }

  /** Two different entities. */
  record Pair(int first, int second) implements Comparable<Pair> {

    private static Pair of(int one, int other) {
      return new Pair(Math.min(one, other), Math.max(one, other));
    }

    @Override
    public int compareTo(Pair other) {
      int byFirst = Integer.compare(first, other.first);
      return byFirst != 0 ? byFirst : Integer.compare(second, other.second);
    }
  }

  /**
   * Counts the pairs of a sentence: neighbours first, then those with one entity between them, and
   * so on until the limit, because what stands closer belongs together more often.
   *
   * @param entities the sentence's entities, each once, in the order in which it names them
   */
  void addSentence(int[] entities) {
    long pairs = (long) entities.length * (entities.length - 1) / 2;
    long left = Math.min(pairs, maxPairsPerSentence);
    dropped += pairs - left;
    for (int distance = 1; left > 0; distance++) {
      for (int i = 0; i + distance < entities.length && left > 0; i++) {
        sentences.merge(Pair.of(entities[i], entities[i + distance]), 1, Integer::sum);
        left--;
      }
    }
  }

  /** The number of sentences of each pair, ordered by the pair. */
  Map<Pair, Integer> sentences() {
    return new TreeMap<>(sentences);
  }

  /** How many pairs exceeded the limits. */
  long dropped() {
    return dropped;
  }
}
