package org.irisgraph.extract.llm;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.irisgraph.extract.Documents;
import org.irisgraph.extract.Span;
import org.irisgraph.extract.StatedRelation;
import org.irisgraph.extract.llm.AnswerExtractor.Answer;
import org.irisgraph.extract.llm.AnswerExtractor.Rejection;
import org.irisgraph.extract.llm.AnswerExtractor.Relation;
import org.irisgraph.graph.Document;
import org.irisgraph.graph.Mention;
import org.junit.jupiter.api.Test;

class AnswerExtractorTest {

  private static final String TEXT = "Aspirin 100 lowers fever; aspirin helps.";
  private static final Document DOCUMENT = Documents.of(TEXT);
  private static final Mention FEVER = new Mention("fever", "SYMPTOM", 19, 24, 0.9, "llm");
  private static final Mention ASPIRIN = new Mention("aspirin", "DRUG", 26, 33, 0.9, "llm");

  @Test
  void returnsTheAnswerForTheTextOfADocument() {
    AnswerExtractor extractor = extractor(new Answer(List.of(FEVER), List.of(), null));

    assertThat(extractor.has(DOCUMENT), is(true));
    assertThat(extractor.extract(DOCUMENT), contains(FEVER));
    assertThat(extractor.rejection(DOCUMENT), is(Optional.empty()));
  }

  @Test
  void returnsTheReasonOfARejection() {
    Rejection rejection = new Rejection("LLM_TIMEOUT", "too slow");
    AnswerExtractor extractor = extractor(Answer.rejected(rejection));

    assertThat(extractor.rejection(DOCUMENT), is(Optional.of(rejection)));
    assertThat(extractor.extract(DOCUMENT), is(empty()));
  }

  @Test
  void relatesSpansThatAreMentions() {
    Relation treats =
        new Relation(
            "treats", List.of(new Span(0, 7), new Span(26, 33)), List.of(new Span(19, 24)), 0.7);
    AnswerExtractor extractor =
        extractor(new Answer(List.of(FEVER, ASPIRIN), List.of(treats), null));

    assertThat(
        extractor.extract(DOCUMENT, List.of(FEVER, ASPIRIN)),
        contains(new StatedRelation("treats", new Span(26, 33), new Span(19, 24), 0.7)));
  }

  @Test
  void relatesTheFirstSpansIfNoneIsAMention() {
    Relation treats =
        new Relation(
            "treats", List.of(new Span(0, 7), new Span(26, 33)), List.of(new Span(19, 24)), 0.7);
    AnswerExtractor extractor = extractor(new Answer(List.of(), List.of(treats), null));

    assertThat(
        extractor.extract(DOCUMENT, List.of()),
        contains(new StatedRelation("treats", new Span(0, 7), new Span(19, 24), 0.7)));
  }

  @Test
  void failsForADocumentWithoutAnAnswer() {
    assertThat(AnswerExtractor.none().has(DOCUMENT), is(false));
    assertThrows(IllegalStateException.class, () -> AnswerExtractor.none().extract(DOCUMENT));
  }

  private static AnswerExtractor extractor(Answer answer) {
    return new AnswerExtractor(Map.of(TEXT, answer));
  }
}
