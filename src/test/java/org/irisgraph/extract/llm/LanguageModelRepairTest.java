package org.irisgraph.extract.llm;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.irisgraph.endpoint.DroppedItemCounts;
import org.junit.jupiter.api.Test;

/** Malformed answers: what is kept, and what is requested again. */
class LanguageModelRepairTest extends LanguageModelFixture {
  @Test
  void requestsACorrectionOnce() throws Exception {
    server.next(asked -> asked.says("Sorry, I am only a model."));

    AnswerExtractor answers = ask(List.of(IBUPROFEN));

    assertThat(names(answers, IBUPROFEN), contains("Ibuprofen", "headache"));
    assertThat(server.requests(), hasSize(2));
    assertThat(server.requests().get(1).isRepair(), is(true));
    assertThat(
        server.requests().get(1).body().at("/messages/2/content").asText(),
        is("Sorry, I am only a model."));
  }

  @Test
  void rejectsOnlyTheDocumentWhoseCorrectionIsMalformed() throws Exception {
    server.usually(
        asked -> {
          ObjectNode answer = asked.answer();
          answer
              .path("documents")
              .forEach(
                  document -> {
                    if (asked.texts().get(document.path("id").asText()).equals(METFORMIN)) {
                      ((ObjectNode) document).put("entities", "none");
                    }
                  });
          return asked.says(answer.toString());
        });

    AnswerExtractor answers = ask(TEXTS);

    assertThat(rejection(answers, METFORMIN), is("LLM_MALFORMED"));
    assertThat(names(answers, ASPIRIN), hasSize(3));
    assertThat(names(answers, IBUPROFEN), hasSize(2));
    assertThat(server.timesAsked(METFORMIN), is(2L));
    assertThat(server.timesAsked(ASPIRIN), is(1L));
    assertThat(cache.find(List.of(key(METFORMIN))).keySet(), is(empty()));
  }

  @Test
  void keepsCompleteDocumentsOfATruncatedAnswer() throws Exception {
    server.next(
        asked -> {
          String whole = asked.answer().toString();
          return asked.says(whole.substring(0, whole.indexOf("Metformin")), "length");
        });

    AnswerExtractor answers = ask(TEXTS);

    assertThat(names(answers, METFORMIN), contains("Metformin", "nausea"));
    assertThat(server.timesAsked(ASPIRIN), is(1L));
    assertThat(server.timesAsked(METFORMIN), is(2L));
  }

  @Test
  void ignoresAnswersWithUnknownOrDuplicateIds() throws Exception {
    server.next(
        asked -> {
          ObjectNode answer = asked.answer();
          ((ObjectNode) answer.at("/documents/0")).put("id", "foreign");
          answer.withArray("documents").add(answer.at("/documents/1").deepCopy());
          return asked.says(answer.toString());
        });

    AnswerExtractor answers = ask(TEXTS);

    assertThat(names(answers, ASPIRIN), hasSize(3));
    assertThat(names(answers, IBUPROFEN), hasSize(2));
    assertThat(server.timesAsked(ASPIRIN), is(2L));
    assertThat(server.timesAsked(IBUPROFEN), is(2L));
    assertThat(server.timesAsked(METFORMIN), is(1L));
  }

  @Test
  void readsAnswersInAnyWrapping() throws Exception {
    server
        .next(asked -> asked.says("<think>{hm}</think>```json\n" + asked.answer() + "\n```\nDone!"))
        .next(asked -> asked.says(asked.answer().path("documents").toString()))
        .next(
            asked ->
                asked.says(
                    "{\"%s\":%s}"
                        .formatted(
                            asked.texts().keySet().iterator().next(),
                            ModelServer.answerFor(METFORMIN))))
        .next(asked -> asked.says(ModelServer.answerFor(ASPIRIN).toString()));

    for (String text : TEXTS) {
      assertThat(names(ask(List.of(text)), text), not(empty()));
    }
    String another = ASPIRIN + " Twice.";
    assertThat(names(ask(List.of(another)), another), not(empty()));
    assertThat(server.requests(), hasSize(4));
  }

  @Test
  void requestsEmptyAndRefusedAnswersAgain() throws Exception {
    server
        .next(asked -> aResponse().withBody("{\"choices\":[]}"))
        .next(asked -> asked.good())
        .next(asked -> asked.says("", "content_filter"))
        .next(asked -> asked.good())
        .next(asked -> aResponse().withBody("<html>not JSON</html>"))
        .next(asked -> asked.good());

    for (String text : TEXTS) {
      assertThat(names(ask(List.of(text)), text), not(empty()));
    }
    assertThat(server.requests(), hasSize(6));
  }

  @Test
  void acceptsUnpairedSurrogates() throws Exception {
    server
        .next(
            asked ->
                aResponse()
                    .withBody("{\"choices\":[{\"message\":{\"content\":\"no JSON \\ud83d\"}}]}"))
        .next(
            asked ->
                aResponse()
                    .withBody(
                        "{\"choices\":[{\"message\":{\"content\":%s}}]}"
                            .formatted(
                                quoted(
                                    asked
                                        .answer()
                                        .toString()
                                        .replace("Ibuprofen", "\\ud83dbuprofen")))));

    assertThat(names(ask(List.of(IBUPROFEN)), IBUPROFEN), contains("headache"));
  }

  @Test
  void readsAnAnswerInParts() throws Exception {
    server.next(
        asked ->
            aResponse()
                .withBody(
                    "{\"choices\":[{\"message\":{\"content\":[{\"type\":\"text\",\"text\":%s}]}}]}"
                        .formatted(quoted(asked.answer().toString()))));

    assertThat(names(ask(List.of(IBUPROFEN)), IBUPROFEN), hasSize(2));
  }

  @Test
  void rejectsAnAnswerOfWhichNothingCanBeUsed() throws Exception {
    server.usually(
        asked ->
            asked.says(
                asked.answer().toString().replace("DRUG", "CITY").replace("SYMPTOM", "CITY")));

    AnswerExtractor answers = ask(List.of(ASPIRIN));

    assertThat(rejection(answers, ASPIRIN), is("LLM_MALFORMED"));
    assertThat("asked again once", server.requests(), hasSize(2));
    assertThat(cache.find(List.of(key(ASPIRIN))).size(), is(0));
  }

  @Test
  void rejectsAnAnswerOfWhichNoNameIsInTheText() throws Exception {
    server.usually(
        asked ->
            asked.says(
                asked
                    .answer()
                    .toString()
                    .replace("spirin", "cetaminophen")
                    .replace("fever", "pain")));

    AnswerExtractor answers = ask(List.of(ASPIRIN));

    assertThat(rejection(answers, ASPIRIN), is("LLM_MALFORMED"));
    assertThat("asked again once", server.requests(), hasSize(2));
    assertThat(cache.find(List.of(key(ASPIRIN))).size(), is(0));
  }

  @Test
  void keepsADocumentOfWhichOneChunkHasInventedNamesOnly() throws Exception {
    tokensPerCall = 1024;
    String text = "In the trial aspirin lowered fever in most of the patients. ".repeat(60);
    server.next(
        asked ->
            asked.says(
                asked.answer().toString().replace("aspirin", "heparin").replace("fever", "pain")));

    AnswerExtractor answers = ask(List.of(text));

    assertThat(names(answers, text), not(empty()));
    assertThat(recorder.counts().stream().map(DroppedItemCounts::invented).toList(), hasItem(2));
  }

  @Test
  void rejectsADocumentWhosePromptWasCut() throws Exception {
    String text = "The committee read the notes of the day before. ".repeat(200) + ASPIRIN;
    server.usually(
        asked ->
            asked.body().toString().length() < 4096
                ? asked.good()
                : asked.saysAfterReading(512, asked.answer().toString()));

    AnswerExtractor answers = ask(List.of(text, ASPIRIN));

    assertThat(rejection(answers, text), is("LLM_PROMPT_CUT"));
    assertThat(names(answers, ASPIRIN).size(), is(3));
    assertThat(cache.find(List.of(key(text))).size(), is(0));
  }
}
