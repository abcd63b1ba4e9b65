package org.irisgraph.extract;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.irisgraph.graph.Mention;

/**
 * What several extractors say of one place of a text. The type that most of them give is kept, then
 * the one given with the highest confidence, then the one whose extractor comes first; the mention
 * names all that gave it, and is as sure as the surest of them.
 */
final class MentionVoting {

  private static final Comparator<Vote> BEST_LAST =
      Comparator.<Vote>comparingInt(vote -> vote.extractors.size())
          .thenComparingDouble(vote -> vote.confidence)
          .thenComparing(vote -> vote.order, Comparator.reverseOrder());

  private final Map<Span, List<Vote>> places = new LinkedHashMap<>();

  /** Those who give one place the same type. */
  private static final class Vote {

    private final Mention first;
    private final int order;
    private final TreeSet<String> extractors = new TreeSet<>();
    private double confidence;

    private Vote(Mention first, int order) {
      this.first = first;
      this.order = order;
    }

    private void add(Mention mention) {
      extractors.add(mention.extractor());
      confidence = Math.max(confidence, mention.confidence());
    }

    private Mention mention() {
      return extractors.size() == 1
          ? first
          : new Mention(
              first.text(),
              first.type(),
              first.start(),
              first.end(),
              confidence,
              String.join(Mention.EXTRACTOR_SEPARATOR, extractors));
    }
  }

  /** Adds what an extractor says; extractors are added in their order. */
  void add(Mention mention, int order) {
    List<Vote> votes =
        places.computeIfAbsent(
            new Span(mention.start(), mention.end()), place -> new ArrayList<>(1));
    for (Vote vote : votes) {
      if (vote.first.type().equals(mention.type())) {
        vote.add(mention);
        return;
      }
    }
    Vote vote = new Vote(mention, order);
    vote.add(mention);
    votes.add(vote);
  }

  /** What is kept of each place; places may still overlap. */
  void resolve(Overlaps overlaps) {
    for (List<Vote> votes : places.values()) {
      Vote best = votes.stream().max(BEST_LAST).orElseThrow();
      overlaps.add(best.mention(), best.order);
    }
  }
}
