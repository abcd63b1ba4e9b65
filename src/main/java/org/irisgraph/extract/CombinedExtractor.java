package org.irisgraph.extract;

import java.util.List;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.Mention;

/**
 * Merges the mentions of several extractors. {@link MentionVoting} decides between mentions with
 * the same span. Of other overlapping mentions the longest is kept, then the one with the highest
 * confidence, then the one of the first extractor.
 */
public final class CombinedExtractor implements EntityExtractor {

  /** Raise when the same mentions are merged differently. */
  public static final int VERSION = 2;

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
      return extractors.get(0).extract(document);
    }
    MentionVoting voting = new MentionVoting();
    for (int order = 0; order < extractors.size(); order++) {
      for (Mention mention : extractors.get(order).extract(document)) {
        voting.add(mention, order);
      }
    }
    Overlaps overlaps = new Overlaps();
    voting.resolve(overlaps);
    return overlaps.resolve();
  }
}
