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

/**
 * What a model has answered for some texts, as an extractor of these. Immutable; the same text has
 * the same answer, whichever document it belongs to.
 */
public final class AnswerExtractor implements EntityExtractor, RelationExtractor {

  /** The name in {@code extractors}. */
  public static final String NAME = "llm";

  private final Map<String, Answer> byText;

  AnswerExtractor(Map<String, Answer> byText) {
    this.byText = Map.copyOf(byText);
  }

  /** Of a model that has not been asked. */
  public static AnswerExtractor none() {
    return new AnswerExtractor(Map.of());
  }

  /**
   * Why there is no answer.
   *
   * @param code a short name for scripts, as in {@code LLM_MALFORMED}
   * @param message a sentence for people
   */
  public record Rejection(String code, String message) {}

  /** A relation between names, each with its places in the text. */
  record Relation(String type, List<Span> sources, List<Span> targets, double confidence) {}

  /** What is said of one text; if there is a rejection, nothing. */
  record Answer(List<Mention> mentions, List<Relation> relations, Rejection rejection) {

    static Answer rejected(Rejection rejection) {
      return new Answer(List.of(), List.of(), rejection);
    }
  }

  /** Whether a document was asked about to the end, with success or without. */
  public boolean has(Document document) {
    return byText.containsKey(document.text());
  }

  /** Why a document has no answer that could be used. */
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
                    place(relation.sources(), kept),
                    place(relation.targets(), kept),
                    relation.confidence()))
        .toList();
  }

  /** The first place that is a mention by itself: others may lie inside of longer names. */
  private static Span place(List<Span> places, Set<Span> kept) {
    return places.stream().filter(kept::contains).findFirst().orElse(places.get(0));
  }

  private Answer answer(Document document) {
    Answer answer = byText.get(document.text());
    if (answer == null) {
      throw new IllegalStateException("the model was not asked about document " + document.id());
    }
    return answer;
  }
}
