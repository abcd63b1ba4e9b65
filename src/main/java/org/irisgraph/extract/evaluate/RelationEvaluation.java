package org.irisgraph.extract.evaluate;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.irisgraph.extract.ExtractedGraph;
import org.irisgraph.extract.gold.GoldDocument;
import org.irisgraph.extract.setup.Extractors;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.Entity;
import org.irisgraph.graph.GraphIds;
import org.irisgraph.graph.Mention;
import org.irisgraph.graph.Relationship;

/**
 * Compares extracted relationships with the relations that are annotated for whole documents. An
 * entity has the concepts that are annotated at one of its mentions, with the same span and type.
 * An entity without any is a concept of its own, so that its relationships count as wrong.
 *
 * <p>Co-occurrence is compared too, as a baseline without any relation extractor: it counts as
 * right if the two concepts are related at all, in either direction. Only pairs of types with
 * annotated relations are counted.
 *
 * @param perType scores of the annotated types and of co-occurrence, in alphabetical order
 */
public record RelationEvaluation(Map<String, Score> perType) {

  /** The entity types at the ends of a relation. */
  private record Types(String source, String target) {}

  /** A relation between two concepts. */
  private record Pair(String type, String source, String target) {}

  /** Extracts the graphs of annotated documents; has no types if no relations are annotated. */
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
      scores.put(Relationship.CO_OCCURS_WITH, Score.NONE);
      for (GoldDocument document : documents) {
        add(document, found(extractors, document, types), scores);
      }
    }
    return new RelationEvaluation(scores);
  }

  private static void add(GoldDocument document, Set<Pair> found, Map<String, Score> scores) {
    Set<Pair> annotated = new HashSet<>();
    for (GoldDocument.Relation relation : document.relations()) {
      annotated.add(new Pair(relation.type(), relation.sourceConcept(), relation.targetConcept()));
      annotated.add(
          new Pair(
              Relationship.CO_OCCURS_WITH, relation.sourceConcept(), relation.targetConcept()));
    }
    annotated.forEach(pair -> scores.merge(pair.type(), new Score(0, 0, 1), Score::plus));
    for (Pair pair : found) {
      Score one = new Score(annotated.contains(pair) ? 1 : 0, 1, 0);
      scores.computeIfPresent(pair.type(), (type, score) -> score.plus(one));
    }
  }

  private static Set<Pair> found(Extractors extractors, GoldDocument gold, Set<Types> types) {
    Document document = gold.toDocument();
    Map<String, Set<String>> concepts = new HashMap<>();
    for (Mention mention : extractors.extractor().extract(document)) {
      concepts
          .computeIfAbsent(
              GraphIds.entity(document.id(), mention.type(), mention.name()),
              entity -> new TreeSet<>())
          .addAll(
              gold.concepts()
                  .getOrDefault(
                      new GoldDocument.Name(mention.type(), mention.start(), mention.end()),
                      Set.of()));
    }
    concepts.forEach(
        (entity, ids) -> {
          if (ids.isEmpty()) {
            ids.add(entity);
          }
        });
    ExtractedGraph graph = extractors.graphExtractor().extract(document);
    Map<String, Entity> entities = new HashMap<>();
    graph.entities().forEach(entity -> entities.put(entity.id(), entity));
    Set<Pair> pairs = new HashSet<>();
    for (Relationship relationship : graph.relationships()) {
      Entity source = Objects.requireNonNull(entities.get(relationship.sourceEntityId()));
      Entity target = Objects.requireNonNull(entities.get(relationship.targetEntityId()));
      Set<String> sources = concepts.getOrDefault(source.id(), Set.of());
      Set<String> targets = concepts.getOrDefault(target.id(), Set.of());
      boolean undirected = relationship.type().equals(Relationship.CO_OCCURS_WITH);
      if (!undirected || types.contains(new Types(source.type(), target.type()))) {
        addPairs(relationship.type(), sources, targets, pairs);
      }
      if (undirected && types.contains(new Types(target.type(), source.type()))) {
        addPairs(relationship.type(), targets, sources, pairs);
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
