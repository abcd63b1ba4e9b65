package org.irisgraph.extract.evaluate;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.irisgraph.extract.GraphExtractor;
import org.irisgraph.extract.gold.GoldDocument;
import org.irisgraph.extract.setup.Extractors;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.Entity;
import org.irisgraph.graph.GraphIds;
import org.irisgraph.graph.Mention;
import org.irisgraph.graph.Relationship;

/**
 * Compares the relationships between the entities that were found with the relations that people
 * have marked in whole documents. An entity means what people have marked at one of its mentions,
 * by the same first and last character and the same type; one that is marked nowhere means only
 * itself, so that its relationships are wrong.
 *
 * <p>Co-occurrence is compared too, as what one has without any relation extractor: it is right
 * where the two concepts are related at all, in whichever direction, and counted for entities of
 * types between which relations are marked.
 *
 * @param perType in the order of the types' names; those that are marked, and co-occurrence
 */
public record RelationEvaluation(Map<String, Score> perType) {

  /** What a document's marked relations are between: two types of entities. */
  private record Types(String source, String target) {}

  /** Two concepts and what relates them. */
  private record Pair(String type, String source, String target) {}

  /** Runs extraction on the documents' texts; no types, if no relations are marked. */
  public static RelationEvaluation of(Extractors extractors, Collection<GoldDocument> documents) {
    Set<Types> types = new HashSet<>();
    Set<String> relations = new TreeSet<>();
    for (GoldDocument document : documents) {
      for (GoldDocument.Relation relation : document.relations()) {
        relations.add(relation.type());
        types.addAll(types(document, relation));
      }
    }
    Map<String, Score> scores = new TreeMap<>();
    if (!relations.isEmpty()) {
      relations.forEach(type -> scores.put(type, Score.NONE));
      scores.put(GraphExtractor.CO_OCCURS_WITH, Score.NONE);
      for (GoldDocument document : documents) {
        add(document, found(extractors, document, types), scores);
      }
    }
    return new RelationEvaluation(scores);
  }

  private static void add(GoldDocument document, Set<Pair> found, Map<String, Score> scores) {
    Set<Pair> marked = new HashSet<>();
    for (GoldDocument.Relation relation : document.relations()) {
      marked.add(new Pair(relation.type(), relation.sourceConcept(), relation.targetConcept()));
      marked.add(
          new Pair(
              GraphExtractor.CO_OCCURS_WITH, relation.sourceConcept(), relation.targetConcept()));
    }
    marked.forEach(pair -> scores.merge(pair.type(), new Score(0, 0, 1), Score::plus));
    for (Pair pair : found) {
      Score one = new Score(marked.contains(pair) ? 1 : 0, 1, 0);
      scores.computeIfPresent(pair.type(), (type, score) -> score.plus(one));
    }
  }

  private static Set<Pair> found(Extractors extractors, GoldDocument gold, Set<Types> types) {
    Document document = gold.toDocument();
    Map<String, Set<String>> concepts = new HashMap<>();
    for (Mention mention : extractors.extractor().extract(document)) {
      concepts
          .computeIfAbsent(
              GraphIds.entity(document.id(), mention.type(), mention.text()),
              entity -> new TreeSet<>())
          .addAll(
              gold.concepts()
                  .getOrDefault(
                      new GoldDocument.Name(mention.type(), mention.start(), mention.end()),
                      Set.of()));
    }
    concepts.forEach(
        (entity, known) -> {
          if (known.isEmpty()) {
            known.add(entity);
          }
        });
    var graph = extractors.graphExtractor().extract(document);
    Map<String, String> typeOf = new HashMap<>();
    for (Entity entity : graph.entities()) {
      typeOf.put(entity.id(), entity.type());
    }
    Set<Pair> pairs = new HashSet<>();
    for (Relationship relationship : graph.relationships()) {
      String source = relationship.sourceEntityId();
      String target = relationship.targetEntityId();
      boolean undirected = relationship.type().equals(GraphExtractor.CO_OCCURS_WITH);
      Types between = new Types(typeOf.get(source), typeOf.get(target));
      if (!undirected || types.contains(between)) {
        addPairs(relationship.type(), concepts.get(source), concepts.get(target), pairs);
      }
      if (undirected
          && types.contains(
              new Types(/* source= */ between.target(), /* target= */ between.source()))) {
        addPairs(relationship.type(), concepts.get(target), concepts.get(source), pairs);
      }
    }
    return pairs;
  }

  private static void addPairs(
      String type, Set<String> sources, Set<String> targets, Set<Pair> pairs) {
    for (String source : sources) {
      for (String target : targets) {
        pairs.add(new Pair(type, source, target));
      }
    }
  }

  private static Set<Types> types(GoldDocument document, GoldDocument.Relation relation) {
    Set<Types> types = new HashSet<>();
    for (String source : typesOf(document, relation.sourceConcept())) {
      for (String target : typesOf(document, relation.targetConcept())) {
        types.add(new Types(source, target));
      }
    }
    return types;
  }

  private static Set<String> typesOf(GoldDocument document, String concept) {
    Set<String> types = new TreeSet<>();
    document
        .concepts()
        .forEach(
            (name, concepts) -> {
              if (concepts.contains(concept)) {
                types.add(name.type());
              }
            });
    return types;
  }
}
