package org.irisgraph.extract;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.irisgraph.graph.Mention;
import org.jspecify.annotations.Nullable;

/**
 * Decides between mentions of several extractors that have the same span. The type with the most
 * votes wins, then the one with the highest confidence, then the one of the first extractor. The
 * resulting mention names all extractors that voted for it, has their highest confidence, and the
 * concept of the first that has one.
 */
final class MentionVoting {

  private static final Comparator<Vote> BEST_LAST =
      Comparator.<Vote>comparingInt(vote -> vote.extractors.size())
          .thenComparingDouble(vote -> vote.confidence)
          .thenComparing(vote -> vote.order, Comparator.reverseOrder());

  private final Map<Span, List<Vote>> votesBySpan = new LinkedHashMap<>();

  /** The extractors that agree on a type. */
  private static final class Vote {

    private final Mention first;
    private final int order;
    private final TreeSet<String> extractors = new TreeSet<>();
    private double confidence;
    private @Nullable String concept;

    private Vote(Mention first, int order) {
      this.first = first;
      this.order = order;
    }

    private void add(Mention mention) {
      extractors.add(mention.extractor());
      confidence = Math.max(confidence, mention.confidence());
      concept = concept == null ? mention.concept() : concept;
    }

    private Mention mention() {
      return extractors.size() == 1
          ? first
          : new Mention(
              first.text(),
              first.name(),
              first.type(),
              first.start(),
              first.end(),
              confidence,
              String.join(Mention.EXTRACTOR_SEPARATOR, extractors),
              concept);
    }
  }

  /** Adds a mention; those of the first extractor are added first. */
  void add(Mention mention, int order) {
    List<Vote> votes =
        votesBySpan.computeIfAbsent(
            new Span(mention.start(), mention.end()), span -> new ArrayList<>(1));
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

  /** Adds the winner of each span; the winners may overlap. */
  void resolve(Overlaps overlaps) {
    for (List<Vote> votes : votesBySpan.values()) {
      Vote best = votes.stream().max(BEST_LAST).orElseThrow();
      overlaps.add(best.mention(), best.order);
    }
  }
}
