package org.irisgraph.extract.llm;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasEntry;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerParserTest {

  private static final String ENTITY = "[{\"text\":\"aspirin\",\"type\":\"DRUG\"}]";
  private static final String ONE = "{\"id\":\"1\",\"entities\":%s}".formatted(ENTITY);
  private static final String TWO = "{\"id\":\"2\",\"entities\":[]}";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"documents\":[%s]}",
        "[%s]",
        "%s",
        "```json\n{\"documents\":[%s]}\n```",
        "Here you are: {\"documents\":[%s]} Is there anything else {I} can do?",
        "<think>{maybe [this]}</think>{\"documents\":[%s]}",
        "I look [carefully] at {\"documents\": ...}.\n</think>\n\n{\"documents\":[%s]}",
        "The graph [see note 1]:\n\n```json\n{\"documents\":[%s]}\n```\nHope it helps!",
        "For {each document} I list entities:\n{\"documents\":[%s]}",
        "{\"result\":{\"documents\":[%s]}}",
        "{\"documents\":[%s,],}",
        "{\"note\":\"x\",\"documents\":[%s]}"
      })
  void readsTheAnswerInAnyWrapping(String wrapping) {
    AnswerParser.Parsed parsed = AnswerParser.parse(wrapping.formatted(ONE), Set.of("1"));

    assertThat(parsed.problems(), is(anEmptyMap()));
    assertThat(parsed.answers().get("1").entities().get(0).text(), is("aspirin"));
  }

  @Test
  void readsAnswersByIdAndASingleAnswerWithoutId() {
    assertThat(
        AnswerParser.parse("{\"1\":{\"entities\":[]},\"2\":{\"entities\":[]}}", Set.of("1", "2"))
            .answers(),
        is(aMapWithSize(2)));
    assertThat(
        AnswerParser.parse("{\"entities\":%s}".formatted(ENTITY), Set.of("1")).answers(),
        hasKey("1"));
  }

  @Test
  void doesNotAssignASingleAnswerToOneOfSeveralDocuments() {
    assertThat(
        AnswerParser.parse("{\"entities\":[]}", Set.of("1", "2")).answers(), is(anEmptyMap()));
  }

  @Test
  void keepsTheDocumentsBeforeATruncation() {
    String output = "{\"documents\":[%s,{\"id\":\"2\",\"enti".formatted(ONE);

    AnswerParser.Parsed parsed = AnswerParser.parse(output, Set.of("1", "2"));

    assertThat(parsed.answers().keySet(), is(Set.of("1")));
    assertThat(parsed.problems(), is(Map.of("2", "the answer is not valid JSON or is truncated")));
  }

  @Test
  void rejectsOnlyTheMalformedDocument() {
    String output = "[%s,{\"id\":\"2\",\"entities\":\"none\"}]".formatted(ONE);

    AnswerParser.Parsed parsed = AnswerParser.parse(output, Set.of("1", "2"));

    assertThat(parsed.answers().keySet(), is(Set.of("1")));
    assertThat(
        parsed.problems(),
        hasEntry("2", "the answer for this document is malformed: \"entities\" is not a list"));
  }

  @Test
  void rejectsDocumentsThatOccurTwice() {
    AnswerParser.Parsed parsed =
        AnswerParser.parse("[%s,%s,%s]".formatted(ONE, TWO, ONE), Set.of("1", "2"));

    assertThat(parsed.answers().keySet(), is(Set.of("2")));
    assertThat(
        parsed.problems(), is(Map.of("1", "the answer contains this document more than once")));
  }

  @Test
  void ignoresDocumentsThatWereNotRequested() {
    AnswerParser.Parsed parsed =
        AnswerParser.parse("[%s,%s]".formatted(ONE, TWO), Set.of("1", "3"));

    assertThat(parsed.answers().keySet(), is(Set.of("1")));
    assertThat(parsed.problems(), is(Map.of("3", "the answer does not contain this document")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Sorry, I am only a model.", "<think>{hm}"})
  void reportsOutputWithoutJson(String output) {
    assertThat(AnswerParser.parse(output, Set.of("1")).answers(), is(anEmptyMap()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<think>A draft: {\"documents\":[%s]}",
        "Well.\n<think>[%s] or {\"documents\":[",
        "<think>one</think><think>{\"documents\":[%s]}",
        "<think>{\"documents\":[%s]}</think>I cannot answer that.",
        "A draft is {\"documents\":[%s]}.</think>I cannot answer {that}."
      })
  void usesNoDraftWithinReasoning(String output) {
    AnswerParser.Parsed parsed = AnswerParser.parse(output.formatted(ONE), Set.of("1"));

    assertThat(parsed.answers(), is(anEmptyMap()));
    assertThat(parsed.problems(), hasKey("1"));
  }

  @Test
  void namesReasoningWithoutEnd() {
    assertThat(
        AnswerParser.parse("<think>{\"documents\":[%s]}".formatted(ONE), Set.of("1")).problems(),
        is(Map.of("1", "the answer ends within the model's reasoning")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"documents\":[%s,{\"id\":\"2\",\"entities\":[{\"text\":\"<think>\",\"type\":\"DRUG\"}]}]}",
        "{\"documents\":[%s,{\"id\":\"2\",\"entities\":[{\"text\":\"</think>\",\"type\":\"DR"
      })
  void keepsTheDocumentsBesideAQuotedMarkOfReasoning(String output) {
    assertThat(AnswerParser.parse(output.formatted(ONE), Set.of("1")).answers(), hasKey("1"));
  }

  @Test
  void rejectsAnswersWithDuplicateFields() {
    String output = "[{\"id\":\"1\",\"entities\":[],\"entities\":%s}]".formatted(ENTITY);

    assertThat(AnswerParser.parse(output, Set.of("1")).problems(), hasKey("1"));
  }

  @Test
  void readsAnAnswerThatQuotesTheEndOfReasoning() {
    String output =
        "{\"documents\":[{\"id\":\"1\",\"entities\":[{\"text\":\"</think>\",\"type\":\"DRUG\"}]}]}";

    assertThat(AnswerParser.parse(output, Set.of("1")).answers(), hasKey("1"));
  }

  @Test
  void rejectsAnAnswerWhoseItemsHaveOtherNames() {
    String output =
        "{\"documents\":[{\"id\":\"1\",\"entities\":[{\"name\":\"aspirin\",\"type\":\"DRUG\"}]}]}";

    assertThat(
        AnswerParser.parse(output, Set.of("1")).problems().get("1"),
        containsString("each needs \"text\" and \"type\""));
  }
}
