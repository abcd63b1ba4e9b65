package org.irisgraph.extract;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Counts the sentences that two entities share. Entities are numbered in the order of their first
 * mentions; a pair starts with the smaller number.
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
   * Counts the pairs of a sentence up to the limit. Neighbours come first, then pairs with one
   * entity between them, and so on, because closer entities are more often related.
   *
   * @param entities the distinct entities of the sentence in the order of their mentions
   * @return those of pairs that no earlier sentence has
   */
  Set<Integer> addSentence(int[] entities) {
    Set<Integer> linked = new HashSet<>();
    long pairs = (long) entities.length * (entities.length - 1) / 2;
    long left = Math.min(pairs, maxPairsPerSentence);
    dropped += pairs - left;
    for (int distance = 1; left > 0; distance++) {
      for (int i = 0; i + distance < entities.length && left > 0; i++) {
        if (sentences.merge(Pair.of(entities[i], entities[i + distance]), 1, Integer::sum) == 1) {
          linked.add(entities[i]);
          linked.add(entities[i + distance]);
        }
        left--;
      }
    }
    return linked;
  }

  /** Number of shared sentences by pair, in the order of the pairs. */
  Map<Pair, Integer> sentences() {
    return new TreeMap<>(sentences);
  }

  /** Number of pairs that exceeded the limit of their sentence. */
  long dropped() {
    return dropped;
  }
}
