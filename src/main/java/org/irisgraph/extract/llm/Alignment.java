package org.irisgraph.extract.llm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.irisgraph.endpoint.DroppedItemCounts;
import org.irisgraph.extract.MentionLocator;
import org.irisgraph.extract.Span;
import org.irisgraph.graph.GraphIds;

/**
 * Aligns an answer with its text: keeps the entities that the text names, with their spans, and the
 * relations between them.
 *
 * @param spans spans of each entity by its normalised name
 * @param entities in the answer's order
 * @param relations between names in {@code spans}
 * @param dropped how many items of the answer were left out
 */
record Alignment(
    Map<String, List<Span>> spans,
    List<AlignedEntity> entities,
    List<AlignedRelation> relations,
    DroppedItemCounts dropped) {

  /** Length of the database column for names. */
  private static final int LONGEST_NAME = 500;

  /** Why an answer cannot be used of which all names are invented. */
  static final String NO_NAMES =
      "the text contains none of the names in the answer, and each must be copied from it";

  /** An entity as the model names it, and every span that names it. */
  record AlignedEntity(String name, String type, double confidence, List<Span> spans) {}

  private record TypedName(String text, String type) {}

  /** A relation between normalised names. */
  record AlignedRelation(String source, String target, String type, double confidence) {}

  static Alignment of(String text, DocumentAnswer answer, Prompt prompt) {
    MentionLocator locator = new MentionLocator(text);
    Map<String, List<Span>> spans = new LinkedHashMap<>();
    List<AlignedEntity> entities = new ArrayList<>();
    int invented = 0;
    int unusable = answer.unusable();
    Set<String> entityTypes = Set.copyOf(prompt.entityTypes());
    // Merged first, since a model in a loop may repeat an entity thousands of times.
    Map<TypedName, Double> distinct = new LinkedHashMap<>();
    for (DocumentAnswer.NamedEntity entity : answer.entities()) {
      String type = canonicalType(entity.type()).toUpperCase(Locale.ROOT);
      if (entityTypes.contains(type) && entity.text().strip().length() <= LONGEST_NAME) {
        distinct.merge(new TypedName(entity.text(), type), entity.confidence(), Math::max);
      } else {
        unusable++;
      }
    }
    for (Map.Entry<TypedName, Double> entity : distinct.entrySet()) {
      String name = entity.getKey().text();
      List<Span> found = locator.find(name);
      if (found.isEmpty()) {
        invented++;
        continue;
      }
      spans.putIfAbsent(GraphIds.normalise(name), found);
      entities.add(new AlignedEntity(name, entity.getKey().type(), entity.getValue(), found));
    }
    List<AlignedRelation> relations = new ArrayList<>();
    int unlinked = 0;
    Set<String> relationTypes = Set.copyOf(prompt.relationTypes());
    for (DocumentAnswer.NamedRelation relation : answer.relations()) {
      String type = canonicalType(relation.type()).toLowerCase(Locale.ROOT);
      String source = GraphIds.normalise(relation.source());
      String target = GraphIds.normalise(relation.target());
      if (!relationTypes.contains(type)) {
        unusable++;
      } else if (source.equals(target)
          || !spans.containsKey(source)
          || !spans.containsKey(target)) {
        unlinked++;
      } else {
        relations.add(new AlignedRelation(source, target, type, relation.confidence()));
      }
    }
    return new Alignment(
        spans, entities, relations, new DroppedItemCounts(invented, unusable, unlinked));
  }

  /** Joins the words of a type: {@code works-for} and {@code worksFor} are the same up to case. */
  private static String canonicalType(String type) {
    return type.strip().replaceAll("(?<=[a-z])(?=[A-Z])", "_").replaceAll("[\\s-]+", "_");
  }
}
