package org.irisgraph.extract;

import java.util.List;
import java.util.stream.Stream;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.Mention;

/**
 * Merges the mentions of several extractors. {@link MentionVoting} decides between mentions with
 * the same span. Of other overlapping mentions the longest is kept, then the one with the highest
 * confidence, then the one of the first extractor. A mention that goes on over the end of a
 * paragraph or of a table's cell ({@link NameBreaks}) is none.
 */
public final class CombinedExtractor implements EntityExtractor {

  /** Raise when the same mentions are merged differently. */
  public static final int VERSION = 3;

  private final List<EntityExtractor> extractors;

  /**
   * @param extractors at least one; their order decides between equal mentions
   */
  public CombinedExtractor(List<EntityExtractor> extractors) {
    if (extractors.isEmpty()) {
      throw new IllegalArgumentException("at least one extractor is needed");
    }
    this.extractors = List.copyOf(extractors);
  }

  /** The names of the extractors, comma-separated. */
  @Override
  public String name() {
    return String.join(",", extractors.stream().map(EntityExtractor::name).toList());
  }

  @Override
  public List<Mention> extract(Document document) {
    if (extractors.size() == 1) {
      return mentions(extractors.get(0), document).toList();
    }
    MentionVoting voting = new MentionVoting();
    for (int order = 0; order < extractors.size(); order++) {
      int priority = order;
      mentions(extractors.get(order), document).forEach(mention -> voting.add(mention, priority));
    }
    Overlaps overlaps = new Overlaps();
    voting.resolve(overlaps);
    return overlaps.resolve();
  }

  private static Stream<Mention> mentions(EntityExtractor extractor, Document document) {
    return extractor.extract(document).stream()
        .filter(mention -> !NameBreaks.isWithin(document.text(), mention.start(), mention.end()));
  }
}
