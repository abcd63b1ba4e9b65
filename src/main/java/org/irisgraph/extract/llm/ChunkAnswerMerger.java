package org.irisgraph.extract.llm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.irisgraph.extract.Overlaps;
import org.irisgraph.extract.Span;
import org.irisgraph.extract.llm.AnswerExtractor.Rejection;
import org.irisgraph.graph.Mention;
import org.irisgraph.text.Spelling;
import org.jspecify.annotations.Nullable;

/**
 * Merges the answers for the chunks of a text; an item of several overlapping chunks counts once.
 */
final class ChunkAnswerMerger {

  private final String text;
  private final Overlaps mentions = new Overlaps();
  private final Map<String, List<Span>> spansByName = new LinkedHashMap<>();
  private final Map<RelationKey, Double> relations = new LinkedHashMap<>();
  private @Nullable Rejection rejection;
  private int order;
  private int invented;

  ChunkAnswerMerger(String text) {
    this.text = text;
  }

  private record RelationKey(String source, String target, String type) {}

  /** Rejects the text. The first rejection is kept. */
  void reject(Rejection reason) {
    rejection = rejection == null ? reason : rejection;
  }

  /** Adds the answer for the chunk that starts at this offset. */
  void add(int start, Alignment chunk) {
    invented += chunk.dropped().invented();
    for (Alignment.AlignedEntity entity : chunk.entities()) {
      for (Span inChunk : entity.spans()) {
        Span span = shifted(inChunk, start);
        String found = text.substring(span.start(), span.end());
        mentions.add(
            new Mention(
                found,
                Spelling.like(entity.name(), found),
                entity.type(),
                span.start(),
                span.end(),
                entity.confidence(),
                AnswerExtractor.NAME,
                null),
            order);
      }
      order++;
    }
    chunk
        .spans()
        .forEach(
            (name, spans) ->
                spansByName
                    .computeIfAbsent(name, unknown -> new ArrayList<>())
                    .addAll(spans.stream().map(span -> shifted(span, start)).toList()));
    for (Alignment.AlignedRelation relation : chunk.relations()) {
      relations.merge(
          new RelationKey(relation.source(), relation.target(), relation.type()),
          relation.confidence(),
          Math::max);
    }
  }

  private static Span shifted(Span span, int by) {
    return new Span(span.start() + by, span.end() + by);
  }

  AnswerExtractor.Answer build() {
    if (rejection != null) {
      return AnswerExtractor.Answer.rejected(rejection);
    }
    List<Mention> found = mentions.resolve();
    if (found.isEmpty() && invented > 0) {
      return AnswerExtractor.Answer.rejected(
          new Rejection(ChatReply.MALFORMED, Alignment.NO_NAMES));
    }
    List<AnswerExtractor.Relation> stated = new ArrayList<>();
    relations.forEach(
        (relation, confidence) ->
            stated.add(
                new AnswerExtractor.Relation(
                    relation.type(),
                    spansOf(relation.source()),
                    spansOf(relation.target()),
                    confidence)));
    return new AnswerExtractor.Answer(found, stated, null);
  }

  private List<Span> spansOf(String name) {
    return List.copyOf(spansByName.getOrDefault(name, List.of()));
  }
}
