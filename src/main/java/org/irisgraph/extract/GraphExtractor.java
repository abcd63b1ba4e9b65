package org.irisgraph.extract;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.Entity;
import org.irisgraph.graph.GraphIds;
import org.irisgraph.graph.Mention;
import org.irisgraph.graph.Relationship;

/**
 * Makes a document's mentions entities and links those that share a sentence. A function of the
 * document alone, and safe for several threads.
 *
 * <p>Mentions of one type and normalised name are one {@link Entity}. Two entities that share a
 * sentence (that of a mention's first character) are linked by {@value #CO_OCCURS_WITH}, from the
 * one that the document names first, with the number of such sentences as weight. The relationship
 * is as sure as the less sure of the two: it says that both are there, nothing of how they relate.
 * A relation that the document states has its own type, the number of its statements as weight, and
 * the confidence of the surest.
 */
public final class GraphExtractor {

  /** The relationship of entities that share a sentence. */
  public static final String CO_OCCURS_WITH = "co_occurs_with";

  /** To be raised whenever the same mentions give another graph. */
  public static final int VERSION = 2;

  private final EntityExtractor extractor;
  private final List<RelationExtractor> relations;
  private final int maxRelationshipsPerSentence;

  /** Links what shares a sentence, and nothing else. */
  public GraphExtractor(EntityExtractor extractor, int maxRelationshipsPerSentence) {
    this(extractor, List.of(), maxRelationshipsPerSentence);
  }

  /**
   * @param relations find what the document states of the mentions
   * @param maxRelationshipsPerSentence how many pairs of a sentence are linked, 0 or more; the
   *     entities that stand closest come first
   */
  public GraphExtractor(
      EntityExtractor extractor,
      List<RelationExtractor> relations,
      int maxRelationshipsPerSentence) {
    this.extractor = extractor;
    this.relations = List.copyOf(relations);
    this.maxRelationshipsPerSentence = maxRelationshipsPerSentence;
  }

  /**
   * The document's entities and relationships.
   *
   * @throws IllegalStateException if the extractor gives a mention that is not in the text, that is
   *     blank, or that overlaps the one before
   */
  public ExtractedGraph extract(Document document) {
    List<Mention> mentions = extractor.extract(document);
    check(document.text(), mentions);
    EntityCollector collector = new EntityCollector();
    int[] entityOfMention = mentions.stream().mapToInt(collector::add).toArray();
    List<Entity> entities = collector.entities(document.id());
    CoOccurrences coOccurrences = coOccurrences(document.text(), mentions, entityOfMention);
    return new ExtractedGraph(
        entities,
        relationships(
            document.id(),
            entities,
            coOccurrences,
            statements(document, mentions, entityOfMention)),
        mentions.size(),
        coOccurrences.dropped());
  }

  /** A wrong extractor must fail its documents, not store what they do not say. */
  private static void check(String text, List<Mention> mentions) {
    int free = 0;
    for (Mention mention : mentions) {
      boolean inText =
          mention.start() >= free
              && mention.end() == mention.start() + mention.text().length()
              && text.startsWith(mention.text(), mention.start());
      if (!inText || mention.text().isBlank()) {
        throw new IllegalStateException(
            "extractor "
                + mention.extractor()
                + " gave a mention that the text does not have, "
                + "that is blank, or that overlaps the one before: "
                + mention);
      }
      free = mention.end();
    }
  }

  private CoOccurrences coOccurrences(String text, List<Mention> mentions, int[] entityOfMention) {
    CoOccurrences coOccurrences = new CoOccurrences(maxRelationshipsPerSentence);
    SentenceMentions.visit(
        text,
        mentions,
        (sentence, first, end) ->
            coOccurrences.addSentence(
                Arrays.stream(entityOfMention, first, end).distinct().toArray()));
    return coOccurrences;
  }

  private RelationAggregator statements(
      Document document, List<Mention> mentions, int... entityOfMention) {
    RelationAggregator statements = new RelationAggregator(mentions, entityOfMention);
    for (RelationExtractor relation : relations) {
      relation.extract(document, mentions).forEach(statements::add);
    }
    return statements;
  }

  private static List<Relationship> relationships(
      String documentId,
      List<Entity> entities,
      CoOccurrences coOccurrences,
      RelationAggregator statements) {
    TreeMap<RelationAggregator.Edge, RelationAggregator.Strength> edges =
        new TreeMap<>(statements.edges());
    coOccurrences
        .sentences()
        .forEach(
            (pair, sentences) -> {
              double confidence =
                  Math.min(
                      entities.get(pair.first()).confidence(),
                      entities.get(pair.second()).confidence());
              edges.put(
                  new RelationAggregator.Edge(pair.first(), pair.second(), CO_OCCURS_WITH),
                  new RelationAggregator.Strength(sentences, confidence));
            });
    List<Relationship> relationships = new ArrayList<>(edges.size());
    edges.forEach(
        (edge, strength) -> {
          String source = entities.get(edge.source()).id();
          String target = entities.get(edge.target()).id();
          relationships.add(
              new Relationship(
                  GraphIds.relationship(documentId, source, target, edge.type()),
                  source,
                  target,
                  edge.type(),
                  strength.statements(),
                  strength.confidence()));
        });
    return relationships;
  }
}
