package org.irisgraph.extract;

import java.util.List;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.Mention;

/**
 * Several extractors as one. Where they name the same place, {@link MentionVoting} says what it is;
 * of mentions that overlap otherwise the longest is kept, then the one with the highest confidence,
 * then the one whose extractor comes first.
 */
public final class CombinedExtractor implements EntityExtractor {

  /** To be raised whenever the same mentions are combined differently. */
  public static final int VERSION = 2;

  private final List<EntityExtractor> extractors;

  /**
   * @param extractors at least one, in the order that decides between equals
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
    MentionVoting agreement = new MentionVoting();
    for (int order = 0; order < extractors.size(); order++) {
      for (Mention mention : extractors.get(order).extract(document)) {
        agreement.add(mention, order);
      }
    }
    Overlaps overlaps = new Overlaps();
    agreement.resolve(overlaps);
    return overlaps.resolve();
  }
}
