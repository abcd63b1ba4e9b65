package org.irisgraph.extract;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.irisgraph.graph.Mention;

/**
 * Chooses among mentions that overlap: the longest, then the one with the highest confidence, then
 * the one whose finder comes first, then the leftmost. Takes n log n steps for n mentions.
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

  /** Adds a mention that is not empty; of equally good ones the lowest order is kept. */
  public void add(Mention mention, int order) {
    candidates.add(new Candidate(mention, order));
  }

  /** The mentions that are kept, ordered by start, without overlaps. */
  public List<Mention> resolve() {
    candidates.sort(BEST_FIRST);
    TreeMap<Integer, Mention> kept = new TreeMap<>();
    for (Candidate candidate : candidates) {
      Mention mention = candidate.mention();
      // What is kept is disjoint, so that only the last that begins before the end can overlap.
      Map.Entry<Integer, Mention> before = kept.lowerEntry(mention.end());
      if (before == null || before.getValue().end() <= mention.start()) {
        kept.put(mention.start(), mention);
      }
    }
    return List.copyOf(kept.values());
  }
}
