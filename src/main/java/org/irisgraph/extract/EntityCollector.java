package org.irisgraph.extract;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.irisgraph.graph.Entity;
import org.irisgraph.graph.GraphIds;
import org.irisgraph.graph.Mention;
import org.irisgraph.graph.MentionPlace;
import org.irisgraph.graph.Node;
import org.jspecify.annotations.Nullable;

/** Groups the mentions of one document, in their order, into entities. */
final class EntityCollector {

  /** In a long article, names that occur a hundred times would have most of all rows. */
  private static final int FIRST_PLACES = 3;

  private final List<Mentions> entities = new ArrayList<>();
  private final Map<Key, Integer> byNormalisedName = new HashMap<>();

  /** Avoids normalising a name again that has the same spelling. */
  private final Map<Key, Integer> bySpelling = new HashMap<>();

  private record Key(String type, String name) {}

  private static final class Mentions {
    private final Mention first;
    private final Set<String> extractors = new TreeSet<>();

    /** With the number of their mentions, in the order of the first. */
    private final Map<String, Integer> concepts = new LinkedHashMap<>();

    private final List<MentionPlace> places = new ArrayList<>();

    private double confidence;
    private int count;

    private Mentions(Mention first) {
      this.first = first;
    }

    private void add(Mention mention) {
      extractors.addAll(List.of(mention.extractor().split(Mention.EXTRACTOR_SEPARATOR)));
      confidence = Math.max(confidence, mention.confidence());
      if (mention.concept() != null) {
        concepts.merge(mention.concept(), 1, Integer::sum);
      }
      count++;
    }

    /** The concept with most mentions, of several the first; null if there is none. */
    private @Nullable String concept() {
      return concepts.entrySet().stream()
          .reduce((best, next) -> next.getValue() > best.getValue() ? next : best)
          .map(Map.Entry::getKey)
          .orElse(null);
    }
  }

  /** Returns the number of the mention's entity; entities are numbered from 0. */
  int add(Mention mention) {
    int number =
        bySpelling.computeIfAbsent(
            new Key(mention.type(), mention.name()), spelling -> number(mention));
    entities.get(number).add(mention);
    return number;
  }

  /**
   * Keeps where an entity is mentioned, if this proves something or is one of its first mentions.
   */
  void add(int entity, MentionPlace place, boolean proves) {
    List<MentionPlace> places = entities.get(entity).places;
    if (proves || places.size() < FIRST_PLACES) {
      places.add(place);
    }
  }

  /** What the nodes of the entities depend on, in the order of their numbers. */
  List<EntityNodes.Candidate> candidates() {
    return entities.stream()
        .map(
            mentions ->
                new EntityNodes.Candidate(
                    mentions.first.type(), mentions.first.name(), mentions.concept()))
        .toList();
  }

  /**
   * The entities in the order of their numbers.
   *
   * @param nodes in the same order
   */
  List<Entity> entities(String documentId, List<Node> nodes) {
    List<Entity> numbered = new ArrayList<>(entities.size());
    for (int number = 0; number < entities.size(); number++) {
      numbered.add(entity(documentId, entities.get(number), nodes.get(number)));
    }
    return numbered;
  }

  private int number(Mention mention) {
    Key key = new Key(mention.type(), GraphIds.normalise(mention.name()));
    Integer known = byNormalisedName.putIfAbsent(key, entities.size());
    if (known != null) {
      return known;
    }
    entities.add(new Mentions(mention));
    return entities.size() - 1;
  }

  private static Entity entity(String documentId, Mentions mentions, Node node) {
    Mention first = mentions.first;
    return new Entity(
        GraphIds.entity(documentId, first.type(), first.name()),
        first.name(),
        first.type(),
        mentions.confidence,
        first.start(),
        first.end(),
        mentions.count,
        String.join(Mention.EXTRACTOR_SEPARATOR, mentions.extractors),
        node,
        mentions.places);
  }
}
