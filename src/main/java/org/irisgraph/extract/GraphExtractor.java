package org.irisgraph.extract;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.Entity;
import org.irisgraph.graph.GraphIds;
import org.irisgraph.graph.Mention;
import org.irisgraph.graph.MentionPlace;
import org.irisgraph.graph.Node;
import org.irisgraph.graph.NodeNames;
import org.irisgraph.graph.NodeRule;
import org.irisgraph.graph.Relationship;
import org.irisgraph.graph.Sentence;

/**
 * Extracts the entities of a document and links those that share a sentence. Deterministic and safe
 * for several threads.
 *
 * <p>Mentions with the same type and normalised name are one {@link Entity}. Two entities that
 * share a sentence (the one with the first character of a mention) are linked by {@value
 * Relationship#CO_OCCURS_WITH}, from the entity that is mentioned first. The weight is the number
 * of such sentences, the confidence the lower of the two entities' confidences. A relation that the
 * document states has its own type, the number of its statements as weight, and the highest of
 * their confidences.
 *
 * <p>If texts are divided into {@link Passages}, the parts of a sentence that is longer than a
 * passage count as sentences, so that entities that are linked by {@value
 * Relationship#CO_OCCURS_WITH} share a passage. Relations that the document states may go beyond.
 */
public final class GraphExtractor {

  /** Raise when the same mentions yield another graph. */
  public static final int VERSION = 4;

  private final EntityExtractor extractor;
  private final List<RelationExtractor> relations;
  private final EntityNodes nodes;
  private final GraphRules rules;

  /** Creates an extractor that links by co-occurrence only, with all rules for nodes. */
  public GraphExtractor(EntityExtractor extractor, GraphRules rules) {
    this(
        extractor,
        List.of(),
        new EntityNodes(new NodeNames(EnumSet.allOf(NodeRule.class)), null),
        rules);
  }

  /**
   * @param relations find the relations that the document states
   * @param nodes finds what the entities have in common with those of other documents
   */
  public GraphExtractor(
      EntityExtractor extractor,
      List<RelationExtractor> relations,
      EntityNodes nodes,
      GraphRules rules) {
    this.extractor = extractor;
    this.relations = List.copyOf(relations);
    this.nodes = nodes;
    this.rules = rules;
  }

  /**
   * Extracts the entities and relationships of a document.
   *
   * @throws IllegalStateException if the extractor returns a mention that is not in the text, is
   *     blank, or overlaps the previous one
   */
  public ExtractedGraph extract(Document document) {
    List<Mention> mentions = extractor.extract(document);
    check(document.text(), mentions);
    EntityCollector collector = new EntityCollector();
    int[] entityOfMention = mentions.stream().mapToInt(collector::add).toArray();
    List<Node> assigned =
        nodes.of(document.text(), mentions, collector.candidates(), entityOfMention);
    Passages passages = rules.passages();
    CoOccurrences coOccurrences = new CoOccurrences(rules.maxRelationshipsPerSentence());
    List<Sentence> sentences = new ArrayList<>();
    BitSet proving = new BitSet();
    List<Span> spans =
        passages == null
            ? SentenceSplitter.split(document.text())
            : passages.sentences(document.text());
    SentenceMentions.visit(
        spans,
        mentions,
        (span, first, end) -> {
          Set<Integer> linked =
              coOccurrences.addSentence(
                  IntStream.range(first, end)
                      .filter(i -> !rules.unlinkedTypes().contains(mentions.get(i).type()))
                      .map(i -> entityOfMention[i])
                      .distinct()
                      .toArray());
          if (rules.evidence()) {
            Sentence sentence = whole(document.text(), spans, span, mentions.get(end - 1).end());
            for (int i = first; i < end; i++) {
              sentences.add(sentence);
              proving.set(i, linked.contains(entityOfMention[i]));
            }
          }
        });
    RelationAggregator statements = statements(document, mentions, sentences, entityOfMention);
    proving.or(statements.proving());
    for (int i = 0; i < sentences.size(); i++) {
      Mention mention = mentions.get(i);
      collector.add(
          entityOfMention[i],
          new MentionPlace(mention.start(), mention.end(), sentences.get(i)),
          proving.get(i));
    }
    List<Entity> entities = collector.entities(document.id(), assigned);
    return new ExtractedGraph(
        entities,
        relationships(document.id(), entities, coOccurrences, statements),
        mentions.size(),
        coOccurrences.dropped(),
        passages == null ? List.of() : passages.of(document.text(), spans));
  }

  /** A sentence up to the end of that in which its last mention ends, as "Acme Co. Ltd" may. */
  private static Sentence whole(String text, List<Span> spans, Span span, int mentionEnd) {
    int end = span.end();
    for (int i = spans.indexOf(span); end < mentionEnd; i++) {
      end = spans.get(i).end();
    }
    Span stripped = new Span(span.start(), end).stripped(text);
    return new Sentence(stripped.start(), stripped.end());
  }

  /** A broken extractor must fail, rather than store what a document does not contain. */
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
                + " returned a mention that is not in the text, is blank, "
                + "or overlaps the previous one: "
                + mention);
      }
      free = mention.end();
    }
  }

  private RelationAggregator statements(
      Document document, List<Mention> mentions, List<Sentence> sentences, int... entityOfMention) {
    RelationAggregator statements = new RelationAggregator(mentions, sentences, entityOfMention);
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
                  new RelationAggregator.Edge(
                      pair.first(), pair.second(), Relationship.CO_OCCURS_WITH),
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
                  strength.confidence(),
                  statements.sentences(edge)));
        });
    return relationships;
  }
}
