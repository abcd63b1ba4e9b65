package org.irisgraph.extract.llm;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.github.tomakehurst.wiremock.http.Fault;
import java.util.List;
import org.irisgraph.endpoint.ModelException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Failing servers: what is retried, and whether a document or the endpoint is the cause. */
class LanguageModelFailureTest extends LanguageModelFixture {
  @Test
  void waitsAsLongAsRetryAfterDemands() throws Exception {
    server
        .next(asked -> asked.fails(429, "slow down").withHeader("Retry-After", "17"))
        .next(
            asked ->
                asked
                    .fails(503, "busy")
                    .withHeader("Retry-After", "Thu, 01 Jan 1970 00:00:00 GMT"));

    assertThat(names(ask(List.of(IBUPROFEN)), IBUPROFEN), contains("Ibuprofen", "headache"));
    assertThat(server.requests(), hasSize(3));
    assertThat(sleeper.sleeps(), hasItem(17_000L));
  }

  @Test
  void retriesServerErrorsAndBrokenConnections() throws Exception {
    server
        .next(asked -> asked.fails(500, "oops"))
        .next(asked -> aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER))
        .next(asked -> aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE))
        .next(asked -> asked.fails(502, "bad gateway"));

    assertThat(names(ask(List.of(IBUPROFEN)), IBUPROFEN), contains("Ibuprofen", "headache"));
    assertThat(server.requests(), hasSize(5));
  }

  @Test
  @Tag("slow")
  void timesOutOnEndlessResponses() throws Exception {
    server
        .next(asked -> asked.good().withFixedDelay(20_000))
        .next(asked -> asked.good().withChunkedDribbleDelay(20, 20_000));

    assertThat(names(ask(List.of(IBUPROFEN)), IBUPROFEN), contains("Ibuprofen", "headache"));
    // Each answer would have been good, had it been waited for.
    assertThat(server.requests(), hasSize(3));
  }

  @Test
  void rejectsNoDocumentDuringAnOutage() {
    retrySeconds = 30;
    server.usually(asked -> asked.fails(500, "down"));

    ModelException.Outage outage =
        assertThrows(ModelException.Outage.class, () -> ask(List.of(IBUPROFEN)));

    assertThat(outage.getMessage(), containsString("HTTP 500: down"));
    assertThat(outage.getMessage(), containsString("retrySeconds"));
    assertThat(recorder.calls(), is(empty()));
  }

  @Test
  void rejectsTheDocumentThatMakesTheServerFail() throws Exception {
    retrySeconds = 10;
    server.usually(
        asked -> asked.texts().containsValue(METFORMIN) ? asked.fails(500, "bug") : asked.good());

    AnswerExtractor answers = ask(TEXTS);

    assertThat(rejection(answers, METFORMIN), is("LLM_HTTP_500"));
    assertThat(names(answers, ASPIRIN), hasSize(3));
    assertThat(names(answers, IBUPROFEN), hasSize(2));
  }

  @Test
  void failsForAWrongKeyWithoutRevealingIt() {
    server.usually(asked -> asked.fails(401, "Incorrect API key provided: " + KEY));

    ModelException.Configuration refusal =
        assertThrows(ModelException.Configuration.class, () -> ask(TEXTS));

    assertThat(refusal.getMessage(), containsString("llmApiKeyFrom"));
    assertThat(refusal.getMessage(), not(containsString(KEY)));
    assertThat(server.requests(), hasSize(1));
  }

  @Test
  void failsIfNoRequestIsAccepted() {
    server.usually(asked -> asked.fails(400, "unknown field response_format"));

    ModelException.Configuration refusal =
        assertThrows(ModelException.Configuration.class, () -> ask(TEXTS));

    assertThat(
        refusal.getMessage(),
        allOf(containsString("unknown field"), containsString("llmResponseFormat")));
  }

  @Test
  void rejectsADocumentThatTheServerFilters() throws Exception {
    server.usually(
        asked ->
            asked.texts().containsValue(METFORMIN)
                ? asked.fails(400, "the content management policy forbids this")
                : asked.good());

    AnswerExtractor answers = ask(TEXTS);

    assertThat(rejection(answers, METFORMIN), is("LLM_REFUSED"));
    assertThat(names(answers, ASPIRIN), hasSize(3));
  }

  @Test
  void rejectsNoDocumentIfTheServerIsNoModel() {
    server.usually(asked -> aResponse().withBody("<html>Please log in</html>"));

    ModelException.Configuration refusal =
        assertThrows(ModelException.Configuration.class, () -> ask(TEXTS));

    assertThat(refusal.getMessage(), containsString("llmUrl"));
    assertThat(recorder.calls(), is(empty()));
  }

  /** As servers do whose context is shorter than what a call may have. */
  @Test
  void rejectsNoDocumentIfTheCallLimitExceedsTheContext() {
    server.usually(
        asked ->
            asked.body().path("max_tokens").asInt() > 4096
                ? asked.fails(400, "This model's maximum context length is 4096 tokens")
                : asked.good());

    ModelException failure =
        assertThrows(ModelException.Configuration.class, () -> ask(List.of(ASPIRIN)));

    assertThat(failure.getMessage(), containsString("llmTokensPerCall=8192"));
    assertThat(recorder.calls(), is(empty()));
  }

  @Test
  void rejectsADocumentThatAGatewayForbids() throws Exception {
    server.usually(
        asked ->
            asked.texts().containsValue(METFORMIN)
                ? asked.fails(403, "flagged by moderation")
                : asked.good());

    AnswerExtractor answers = ask(TEXTS);

    assertThat(rejection(answers, METFORMIN), is("LLM_REFUSED"));
    assertThat(names(answers, ASPIRIN), hasSize(3));
  }

  @Test
  void retriesOnceIfTheServerHasRecovered() throws Exception {
    retrySeconds = 0;
    server.next(asked -> asked.fails(502, "bad gateway"));

    assertThat(names(ask(List.of(ASPIRIN)), ASPIRIN), hasSize(3));
  }

  @Test
  void rejectsAShortTextThatIsTooLongForTheServer() throws Exception {
    server.usually(
        asked ->
            asked.texts().containsValue(METFORMIN) ? asked.fails(413, "too large") : asked.good());

    AnswerExtractor answers = ask(TEXTS);

    assertThat(rejection(answers, METFORMIN), is("LLM_TOO_LONG"));
    assertThat(names(answers, ASPIRIN), hasSize(3));
  }

  @Test
  void waitsNoLongerThanRetrySeconds() throws Exception {
    retrySeconds = 60;
    server.usually(asked -> asked.fails(429, "no").withHeader("Retry-After", "86400"));

    assertThrows(ModelException.Outage.class, () -> ask(List.of(IBUPROFEN)));
    assertThat(sleeper.sleeps(), everyItem(lessThanOrEqualTo(60_000L)));
  }

  @Test
  void retriesAnErrorWithStatus200() throws Exception {
    server.next(asked -> asked.fails(200, "upstream is overloaded"));

    assertThat(names(ask(List.of(IBUPROFEN)), IBUPROFEN), hasSize(2));
    assertThat(sleeper.sleeps(), hasSize(1));
  }

  @Test
  void rejectsADocumentWithAnOversizedResponse() throws Exception {
    String endless = "x".repeat(9_000_000);
    server.usually(
        asked ->
            asked.texts().containsValue(METFORMIN) ? aResponse().withBody(endless) : asked.good());

    AnswerExtractor answers = ask(List.of(METFORMIN, IBUPROFEN));

    assertThat(rejection(answers, METFORMIN), is("LLM_MALFORMED"));
    assertThat(names(answers, IBUPROFEN), hasSize(2));
  }
}
