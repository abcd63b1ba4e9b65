package org.irisgraph.extract.llm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.irisgraph.extract.MentionLocator;
import org.irisgraph.extract.Span;
import org.irisgraph.graph.GraphIds;

/**
 * What of an answer the text bears out: entities at the places that name them, and the relations
 * between those.
 *
 * @param places of each entity, by its normalised name
 * @param entities in the answer's order
 * @param relations between names that have places
 */
record Alignment(
    Map<String, List<Span>> places,
    List<Found> entities,
    List<FoundRelation> relations,
    DroppedItemCounts counts) {

  /** The column of the tables that has the name. */
  private static final int LONGEST_NAME = 500;

  /** An entity and where the text names it. */
  record Found(String type, double confidence, List<Span> places) {}

  private record Named(String text, String type) {}

  /** A relation between normalised names. */
  record FoundRelation(String source, String target, String type, double confidence) {}

  static Alignment of(String text, DocumentAnswer answer, Prompt prompt) {
    MentionLocator occurrences = new MentionLocator(text);
    Map<String, List<Span>> places = new LinkedHashMap<>();
    List<Found> entities = new ArrayList<>();
    int invented = 0;
    int unusable = answer.unusable();
    Set<String> entityTypes = prompt.knownEntityTypes();
    // Each once: what a model that cannot stop says a thousand times must not fill the memory.
    Map<Named, Double> distinct = new LinkedHashMap<>();
    for (DocumentAnswer.NamedEntity entity : answer.entities()) {
      String type = code(entity.type()).toUpperCase(Locale.ROOT);
      if (entityTypes.contains(type) && entity.text().strip().length() <= LONGEST_NAME) {
        distinct.merge(new Named(entity.text(), type), entity.confidence(), Math::max);
      } else {
        unusable++;
      }
    }
    for (Map.Entry<Named, Double> entity : distinct.entrySet()) {
      String name = entity.getKey().text();
      List<Span> found = occurrences.of(name);
      if (found.isEmpty()) {
        invented++;
        continue;
      }
      places.putIfAbsent(GraphIds.normalise(name), found);
      entities.add(new Found(entity.getKey().type(), entity.getValue(), found));
    }
    List<FoundRelation> relations = new ArrayList<>();
    int unlinked = 0;
    Set<String> relationTypes = prompt.knownRelationTypes();
    for (DocumentAnswer.NamedRelation relation : answer.relations()) {
      String type = code(relation.type()).toLowerCase(Locale.ROOT);
      String source = GraphIds.normalise(relation.source());
      String target = GraphIds.normalise(relation.target());
      if (!relationTypes.contains(type)) {
        unusable++;
      } else if (source.equals(target)
          || !places.containsKey(source)
          || !places.containsKey(target)) {
        unlinked++;
      } else {
        relations.add(new FoundRelation(source, target, type, relation.confidence()));
      }
    }
    return new Alignment(
        places, entities, relations, new DroppedItemCounts(invented, unusable, unlinked));
  }

  /**
   * A type as it is compared: {@code Works For}, {@code works-for} and {@code worksFor} are one.
   */
  static String code(String type) {
    return type.strip().replaceAll("(?<=[a-z])(?=[A-Z])", "_").replaceAll("[\\s-]+", "_");
  }
}
