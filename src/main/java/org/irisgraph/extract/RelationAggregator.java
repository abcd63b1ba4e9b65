package org.irisgraph.extract;

import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.irisgraph.graph.Mention;
import org.irisgraph.graph.Sentence;

/**
 * Aggregates the relations that a document states into relations between its entities. Entities are
 * numbered in the order of their first mentions. Relations that do not touch two different entities
 * are dropped.
 */
final class RelationAggregator {

  /** A relation that is stated often needs no more sentences to prove it. */
  private static final int MOST_SENTENCES = 3;

  private static final Comparator<Sentence> IN_TEXT = Comparator.comparingInt(Sentence::start);

  private final List<Mention> mentions;
  private final List<Sentence> sentenceOfMention;
  private final int[] entityOfMention;
  private final Set<Statement> statements = new HashSet<>();
  private final TreeMap<Edge, Strength> edges = new TreeMap<>();
  private final Map<Edge, TreeSet<Sentence>> sentences = new HashMap<>();
  private final BitSet proving = new BitSet();

  /**
   * @param mentions ordered by start, without overlaps
   * @param sentenceOfMention the sentence of each, or none if they are not asked for
   * @param entityOfMention number of each mention's entity
   */
  RelationAggregator(
      List<Mention> mentions, List<Sentence> sentenceOfMention, int... entityOfMention) {
    this.mentions = mentions;
    this.sentenceOfMention = sentenceOfMention;
    this.entityOfMention = entityOfMention;
  }

  /** A relation of one entity to another. */
  record Edge(int source, int target, String type) implements Comparable<Edge> {

    @Override
    public int compareTo(Edge other) {
      int bySource = Integer.compare(source, other.source);
      int byTarget = Integer.compare(target, other.target);
      return bySource != 0 ? bySource : byTarget != 0 ? byTarget : type.compareTo(other.type);
    }
  }

  /**
   * How often a relation is stated.
   *
   * @param statements number of pairs of mentions
   * @param confidence highest confidence of a statement
   */
  record Strength(int statements, double confidence) {}

  /** A relation between two mentions; counts once if several extractors find it. */
  private record Statement(int source, int target, String type) {}

  void add(StatedRelation relation) {
    OptionalInt source = mentionAt(relation.source());
    OptionalInt target = mentionAt(relation.target());
    if (source.isEmpty() || target.isEmpty()) {
      return;
    }
    Edge edge =
        new Edge(
            entityOfMention[source.getAsInt()],
            entityOfMention[target.getAsInt()],
            relation.type());
    if (edge.source() == edge.target()) {
      return;
    }
    if (!sentenceOfMention.isEmpty()) {
      for (int mention : new int[] {source.getAsInt(), target.getAsInt()}) {
        proving.set(mention);
        sentences
            .computeIfAbsent(edge, none -> new TreeSet<>(IN_TEXT))
            .add(sentenceOfMention.get(mention));
      }
    }
    Statement statement = new Statement(source.getAsInt(), target.getAsInt(), relation.type());
    int more = statements.add(statement) ? 1 : 0;
    edges.merge(
        edge,
        new Strength(more, relation.confidence()),
        (one, other) ->
            new Strength(
                one.statements() + other.statements(),
                Math.max(one.confidence(), other.confidence())));
  }

  /** The relations, ordered by source, target and type. */
  Map<Edge, Strength> edges() {
    return Collections.unmodifiableMap(edges);
  }

  /** The indexes of the mentions that a relation connects. */
  BitSet proving() {
    return proving;
  }

  /** The first sentences with an end of the relation that they state. */
  List<Sentence> sentences(Edge edge) {
    TreeSet<Sentence> all = sentences.get(edge);
    return all == null ? List.of() : all.stream().limit(MOST_SENTENCES).toList();
  }

  /** Finds the mention that shares the most characters with a span; the first of equal ones. */
  private OptionalInt mentionAt(Span span) {
    int first = firstThatEndsAfter(span.start());
    int best = -1;
    int most = 0;
    for (int i = first; i < mentions.size() && mentions.get(i).start() < span.end(); i++) {
      Mention mention = mentions.get(i);
      int shared = Math.min(mention.end(), span.end()) - Math.max(mention.start(), span.start());
      if (shared > most) {
        most = shared;
        best = i;
      }
    }
    return best < 0 ? OptionalInt.empty() : OptionalInt.of(best);
  }

  private int firstThatEndsAfter(int position) {
    int low = 0;
    int high = mentions.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (mentions.get(middle).end() > position) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
