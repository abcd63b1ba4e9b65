package org.irisgraph.extract.llm;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.irisgraph.endpoint.CallFailure;
import org.irisgraph.endpoint.Endpoint;
import org.irisgraph.endpoint.FakeSleeper;
import org.irisgraph.endpoint.ModelException;
import org.irisgraph.endpoint.RetryingClient;
import org.irisgraph.endpoint.Service;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChatProtocolTest {

  private static final String TEXT = "Metformin may cause nausea.";

  private final ModelServer server = new ModelServer();
  private final FakeSleeper sleeper = new FakeSleeper();
  private int retrySeconds = 300;

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Test
  void sendsARequestOnceIfItSucceeds() throws Exception {
    send();

    assertThat(server.requests(), hasSize(1));
    assertThat(sleeper.sleeps(), is(empty()));
  }

  @Test
  void doublesTheDelayWithJitterUpToALimit() {
    retrySeconds = 600;
    server.usually(asked -> asked.fails(500, "down"));

    assertThrows(ModelException.Outage.class, this::send);

    List<Long> sleeps = sleeper.sleeps();
    for (int attempt = 0; attempt < sleeps.size() - 1; attempt++) {
      double expected = Math.min(30_000, 500 * Math.pow(2, attempt));
      assertThat(
          (double) sleeps.get(attempt),
          is(
              both(greaterThanOrEqualTo(0.5 * expected - 1))
                  .and(lessThanOrEqualTo(1.5 * expected))));
    }
    assertThat(sleeps.stream().mapToLong(Long::longValue).sum(), is(600_000L));
  }

  @Test
  void waitsAtLeastAsLongAsTheServerDemands() throws Exception {
    server.next(asked -> asked.fails(429, "slow down").withHeader("Retry-After", "17"));

    send();

    assertThat(sleeper.sleeps(), is(List.of(17_000L)));
  }

  @Test
  void waitsNoLongerThanRetrySeconds() {
    retrySeconds = 60;
    server.usually(asked -> asked.fails(429, "no").withHeader("Retry-After", "86400"));

    assertThrows(ModelException.Outage.class, this::send);
    assertThat(sleeper.sleeps(), everyItem(lessThanOrEqualTo(60_000L)));
  }

  @Test
  void attributesAFailureToTheDocumentsIfAProbeSucceeds() {
    retrySeconds = 10;
    server.usually(
        asked -> asked.texts().containsValue(TEXT) ? asked.fails(500, "bug") : asked.good());

    assertThat(assertThrows(CallFailure.class, this::send).code(), is("LLM_HTTP_500"));
  }

  @Test
  void reportsAnOutageIfTheProbeFails() {
    retrySeconds = 10;
    server.usually(asked -> asked.fails(500, "down"));

    assertThat(
        assertThrows(ModelException.Outage.class, this::send).getMessage(),
        containsString("did not answer: HTTP 500: down; gave up after"));
  }

  @Test
  void reportsAnOutageWithoutAProbeIfTheServerIsBusy() {
    retrySeconds = 0;
    server.usually(asked -> asked.fails(503, "busy"));

    assertThrows(ModelException.Outage.class, this::send);
    assertThat(server.requests(), hasSize(1));
  }

  @Test
  void retriesOnceAfterASuccessfulProbe() throws Exception {
    retrySeconds = 0;
    server.next(asked -> asked.fails(502, "bad gateway"));

    send();

    assertThat(server.requests(), hasSize(3));
  }

  @Test
  void attributesARefusalToTheDocumentsIfAProbeIsAccepted() {
    server.next(asked -> asked.fails(400, "content policy"));

    assertThat(assertThrows(CallFailure.class, this::send).code(), is("LLM_REFUSED"));
  }

  @Test
  void reportsAWrongSettingIfTheProbeIsRefusedToo() {
    server.usually(asked -> asked.fails(400, "unknown field response_format"));

    assertThat(
        assertThrows(ModelException.Configuration.class, this::send).getMessage(),
        containsString("llmResponseFormat=json_schema"));
  }

  @Test
  void doesNotRetryAConfigurationError() {
    server.usually(asked -> asked.fails(401, "wrong key"));

    assertThrows(ModelException.Configuration.class, this::send);
    assertThat(server.requests(), hasSize(1));
  }

  @Test
  void requestsAMalformedResponseOnceMore() throws Exception {
    server.next(asked -> aResponse().withBody("<html>"));

    send();

    assertThat(server.requests(), hasSize(2));
  }

  private ChatReply send() throws Exception {
    return client().send(new ChatRequest(Prompts.of(8192), Map.of("1", TEXT), null));
  }

  @Test
  void leavesOutWhatTheServerRefusesByItsNameFromThenOn() throws Exception {
    server.usually(
        asked -> {
          for (String field : List.of("max_tokens", "temperature", "response_format")) {
            if (asked.body().has(field)) {
              return asked.fails(400, "Unsupported parameter: '%s'".formatted(field));
            }
          }
          return asked.good();
        });
    RetryingClient<ChatRequest, ChatReply> client = client();
    ChatRequest request = new ChatRequest(Prompts.of(8192), Map.of("1", TEXT), null);

    client.send(request);
    client.send(request);

    assertThat("three refusals, and two answers", server.requests(), hasSize(5));
    assertThat(server.requests().get(4).body().has("max_completion_tokens"), is(true));
    assertThat(sleeper.sleeps(), is(empty()));
  }

  @Test
  void doesWithoutALimitIfTheServerTakesNone() throws Exception {
    server.usually(
        asked ->
            asked.body().has("max_tokens")
                ? asked.fails(400, "unknown field max_tokens")
                : asked.body().has("max_completion_tokens")
                    ? asked.fails(422, "unknown field max_completion_tokens")
                    : asked.good());

    send();

    assertThat(server.requests(), hasSize(3));
  }

  private RetryingClient<ChatRequest, ChatReply> client() {
    return new RetryingClient<>(
        new Endpoint(Service.LANGUAGE_MODEL, server.url(), 1, 0, 60, retrySeconds),
        () -> "",
        new ChatProtocol(ResponseFormat.JSON_SCHEMA),
        sleeper);
  }
}
