package org.irisgraph.extract.llm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.irisgraph.extract.Overlaps;
import org.irisgraph.extract.Span;
import org.irisgraph.graph.Mention;

/** Puts the answers for the chunks of a text together: what two of them say counts once. */
final class ChunkAnswerMerger {

  private final String text;
  private final Overlaps mentions = new Overlaps();
  private final Map<String, List<Span>> places = new LinkedHashMap<>();
  private final Map<RelationKey, Double> relations = new LinkedHashMap<>();
  private int order;

  ChunkAnswerMerger(String text) {
    this.text = text;
  }

  private record RelationKey(String source, String target, String type) {}

  /** Adds what a chunk says, which begins there. */
  void add(int start, Alignment chunk) {
    for (Alignment.Found entity : chunk.entities()) {
      for (Span place : entity.places()) {
        Span span = moved(place, start);
        mentions.add(
            new Mention(
                text.substring(span.start(), span.end()),
                entity.type(),
                span.start(),
                span.end(),
                entity.confidence(),
                AnswerExtractor.NAME),
            order);
      }
      order++;
    }
    chunk
        .places()
        .forEach(
            (name, spans) ->
                places
                    .computeIfAbsent(name, unknown -> new ArrayList<>())
                    .addAll(spans.stream().map(span -> moved(span, start)).toList()));
    for (Alignment.FoundRelation relation : chunk.relations()) {
      relations.merge(
          new RelationKey(relation.source(), relation.target(), relation.type()),
          relation.confidence(),
          Math::max);
    }
  }

  private static Span moved(Span span, int by) {
    return new Span(span.start() + by, span.end() + by);
  }

  AnswerExtractor.Answer build() {
    List<AnswerExtractor.Relation> stated = new ArrayList<>();
    relations.forEach(
        (relation, confidence) ->
            stated.add(
                new AnswerExtractor.Relation(
                    relation.type(),
                    List.copyOf(places.get(relation.source())),
                    List.copyOf(places.get(relation.target())),
                    confidence)));
    return new AnswerExtractor.Answer(mentions.resolve(), stated, null);
  }
}
