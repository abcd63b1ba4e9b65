package org.irisgraph.extract.llm;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.irisgraph.extract.llm.DocumentAnswer.NamedEntity;
import org.irisgraph.extract.llm.DocumentAnswer.NamedRelation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentAnswerTest {

  @Test
  void readsEntitiesAndRelationships() throws Exception {
    DocumentAnswer answer =
        parse(
            """
            {"entities": [{"text": "aspirin", "type": "DRUG", "confidence": 0.9}],
             "relationships": [
               {"source": "aspirin", "target": "fever", "type": "treats", "confidence": 0.5}]}
            """);

    assertThat(answer.entities(), contains(new NamedEntity("aspirin", "DRUG", 0.9)));
    assertThat(answer.relations(), contains(new NamedRelation("aspirin", "fever", "treats", 0.5)));
    assertThat(answer.unusable(), is(0));
  }

  @Test
  void countsMalformedItems() throws Exception {
    DocumentAnswer answer =
        parse(
            """
            {"entities": ["aspirin", {"text": "aspirin"}, {"text": " ", "type": "DRUG"},
                          {"text": 5, "type": "DRUG"}, {"text": "fever", "type": "SYMPTOM"}],
             "relationships": [{"source": "aspirin", "type": "treats"}, null]}
            """);

    assertThat(answer.entities(), contains(new NamedEntity("fever", "SYMPTOM", 0.5)));
    assertThat(answer.relations(), is(empty()));
    assertThat(answer.unusable(), is(6));
  }

  @ParameterizedTest
  @CsvSource({
    "7, 1",
    "-1, 0",
    "'\"0.25\"', 0.25",
    "'\"high\"', 0.5",
    "null, 0.5",
    "'\"NaN\"', 0.5"
  })
  void clampsConfidences(String confidence, double expected) throws Exception {
    DocumentAnswer answer =
        parse(
            "{\"entities\":[{\"text\":\"a\",\"type\":\"T\",\"confidence\":%s}]}"
                .formatted(confidence));

    assertThat(answer.entities().get(0).confidence(), is(expected));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"entities\": []}", "{\"entities\": [], \"relationships\": null}"})
  void acceptsAnswersWithoutRelationships(String json) throws Exception {
    assertThat(parse(json).relations(), is(empty()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | \"entities\" is not a list",
        "{\"entities\": \"none\"} | \"entities\" is not a list",
        "{\"entities\": [], \"relationships\": {}} | \"relationships\" is not a list"
      })
  void rejectsFieldsThatAreNoLists(String json, String message) {
    assertThat(
        assertThrows(IllegalArgumentException.class, () -> parse(json)).getMessage(), is(message));
  }

  @Test
  void storesAnswersInAscii() throws Exception {
    DocumentAnswer answer =
        parse(
            "{\"entities\":[{\"text\":\"caf\\u00e9 \\ud83d\\ude00"
                + " \\ud83d\",\"type\":\"T\",\"confidence\":1}]}");

    String stored = answer.toJson();

    assertThat(stored.chars().allMatch(character -> character < 128), is(true));
    assertThat(DocumentAnswer.read(stored), is(answer));
  }

  @Test
  void storesThatATextWasSplit() {
    assertThat(DocumentAnswer.read(DocumentAnswer.SPLIT.toJson()), is(DocumentAnswer.SPLIT));
  }

  @Test
  void rejectsStoredTextThatIsNotJson() {
    assertThrows(IllegalArgumentException.class, () -> DocumentAnswer.read("{"));
  }

  private static DocumentAnswer parse(String json) throws JsonProcessingException {
    return DocumentAnswer.of(new ObjectMapper().readTree(json));
  }
}
