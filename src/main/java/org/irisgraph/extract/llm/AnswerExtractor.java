package org.irisgraph.extract.llm;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.irisgraph.extract.EntityExtractor;
import org.irisgraph.extract.RelationExtractor;
import org.irisgraph.extract.Span;
import org.irisgraph.extract.StatedRelation;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.Mention;
import org.jspecify.annotations.Nullable;

/**
 * Extracts what a language model has answered for some texts. Immutable; documents with the same
 * text have the same answer.
 */
public final class AnswerExtractor implements EntityExtractor, RelationExtractor {

  /** The name in {@code extractors}. */
  public static final String NAME = "llm";

  private final Map<String, Answer> byText;

  AnswerExtractor(Map<String, Answer> byText) {
    this.byText = Map.copyOf(byText);
  }

  /** An extractor without answers. */
  public static AnswerExtractor none() {
    return new AnswerExtractor(Map.of());
  }

  /**
   * Why there is no answer.
   *
   * @param code a short name for scripts, as in {@code LLM_MALFORMED}
   * @param message a sentence for users
   */
  public record Rejection(String code, String message) {}

  /** A relation between two names, each with its spans in the text. */
  record Relation(String type, List<Span> sources, List<Span> targets, double confidence) {}

  /** The answer for one text, empty if it was rejected. */
  record Answer(List<Mention> mentions, List<Relation> relations, @Nullable Rejection rejection) {

    static Answer rejected(Rejection rejection) {
      return new Answer(List.of(), List.of(), rejection);
    }
  }

  /** Whether there is an answer or a rejection for a document. */
  public boolean has(Document document) {
    return byText.containsKey(document.text());
  }

  /** Why a document has no usable answer. */
  public Optional<Rejection> rejection(Document document) {
    return Optional.ofNullable(answer(document).rejection());
  }

  @Override
  public String name() {
    return NAME;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if the model was not asked about the document
   */
  @Override
  public List<Mention> extract(Document document) {
    return answer(document).mentions();
  }

  @Override
  public List<StatedRelation> extract(Document document, List<Mention> mentions) {
    Set<Span> kept = new HashSet<>();
    for (Mention mention : mentions) {
      kept.add(new Span(mention.start(), mention.end()));
    }
    return answer(document).relations().stream()
        .map(
            relation ->
                new StatedRelation(
                    relation.type(),
                    firstKept(relation.sources(), kept),
                    firstKept(relation.targets(), kept),
                    relation.confidence()))
        .toList();
  }

  /** Prefers a span that is a mention itself, since others may lie inside longer mentions. */
  private static Span firstKept(List<Span> spans, Set<Span> kept) {
    return spans.stream().filter(kept::contains).findFirst().orElse(spans.get(0));
  }

  private Answer answer(Document document) {
    Answer answer = byText.get(document.text());
    if (answer == null) {
      throw new IllegalStateException("the model was not asked about document " + document.id());
    }
    return answer;
  }
}
