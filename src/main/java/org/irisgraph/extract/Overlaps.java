package org.irisgraph.extract;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.irisgraph.graph.Mention;

/**
 * Resolves overlaps between mentions: keeps the longest, then the one with the highest confidence,
 * then the one with the lowest order, then the leftmost. Takes O(n log n) for n mentions.
 */
public final class Overlaps {

  private static final Comparator<Candidate> BEST_FIRST =
      Comparator.<Candidate>comparingInt(candidate -> candidate.mention().length())
          .thenComparingDouble(candidate -> candidate.mention().confidence())
          .reversed()
          .thenComparingInt(Candidate::order)
          .thenComparingInt(candidate -> candidate.mention().start());

  private final List<Candidate> candidates = new ArrayList<>();

  private record Candidate(Mention mention, int order) {}

  /**
   * Adds a mention that is not empty.
   *
   * @param order priority among mentions of equal length and confidence; the lowest wins
   */
  public void add(Mention mention, int order) {
    candidates.add(new Candidate(mention, order));
  }

  /** Returns the remaining mentions, ordered by start, without overlaps. */
  public List<Mention> resolve() {
    candidates.sort(BEST_FIRST);
    TreeMap<Integer, Mention> kept = new TreeMap<>();
    for (Candidate candidate : candidates) {
      Mention mention = candidate.mention();
      // Kept mentions are disjoint, so that only the last one before the end can overlap.
      Map.Entry<Integer, Mention> before = kept.lowerEntry(mention.end());
      if (before == null || before.getValue().end() <= mention.start()) {
        kept.put(mention.start(), mention);
      }
    }
    return List.copyOf(kept.values());
  }
}
