package org.irisgraph.endpoint;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.github.tomakehurst.wiremock.http.Fault;
import java.util.Map;
import java.util.Set;
import org.irisgraph.endpoint.CallFailure.Kind;
import org.irisgraph.extract.llm.ModelServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelHttpTest {

  private static final String KEY = "sk-0123456789abcdef0123456789abcdef";

  private static final String REQUEST =
      """
      {"messages":[{},{"content":"{\\"documents\\":[{\\"id\\":\\"1\\",\\"text\\":\\"Aspirin lowers fever.\\"}]}"}]}
      """;

  private final ModelServer server = new ModelServer();
  private ApiKey apiKey = () -> KEY;
  private int timeoutSeconds = 60;

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Test
  void sendsTheKeyAsABearerToken() throws Exception {
    assertThat(send(), containsString("Aspirin"));

    ModelServer.Asked request = server.requests().get(0);
    assertThat(request.path(), is("/v1/chat/completions"));
    assertThat(request.authorization(), is("Bearer " + KEY));
  }

  @Test
  void sendsNoHeaderWithoutAKey() throws Exception {
    apiKey = () -> "";
    send();

    assertThat(server.requests().get(0).authorization(), is(nullValue()));
  }

  @ParameterizedTest
  @CsvSource({
    "401, CONFIGURATION, LLM_CONFIGURATION",
    "404, CONFIGURATION, LLM_CONFIGURATION",
    "302, CONFIGURATION, LLM_CONFIGURATION",
    "403, REFUSED, LLM_REFUSED",
    "400, REFUSED, LLM_BAD_REQUEST",
    "422, REFUSED, LLM_BAD_REQUEST",
    "418, REFUSED, LLM_HTTP_418",
    "413, TOO_LONG, LLM_TOO_LONG",
    "429, THROTTLED, LLM_HTTP_429",
    "503, THROTTLED, LLM_HTTP_503",
    "408, TRANSIENT, LLM_HTTP_408",
    "500, TRANSIENT, LLM_HTTP_500",
    "502, TRANSIENT, LLM_HTTP_502"
  })
  void classifiesStatusCodes(int status, Kind kind, String code) {
    server.usually(asked -> asked.fails(status, "because"));

    CallFailure failure = failure();

    assertThat(failure.kind(), is(kind));
    assertThat(failure.code(), is(code));
    assertThat(failure.getMessage(), containsString("HTTP %d: because".formatted(status)));
  }

  @ParameterizedTest
  @CsvSource({
    "This model's maximum context length is 4096 tokens, TOO_LONG, LLM_TOO_LONG",
    "the input exceeds the model's maximum, TOO_LONG, LLM_TOO_LONG",
    "blocked by content management policy, REFUSED, LLM_REFUSED",
    "unknown field response_format, REFUSED, LLM_BAD_REQUEST"
  })
  void classifiesBadRequestsByTheirMessage(String message, Kind kind, String code) {
    server.usually(asked -> asked.fails(400, message));

    CallFailure failure = failure();

    assertThat(failure.kind(), is(kind));
    assertThat(failure.code(), is(code));
  }

  @ParameterizedTest
  @CsvSource({
    "500, input (992 tokens) is too large to process. increase the physical batch size, TOO_LONG",
    "500, the request took too long, TRANSIENT"
  })
  void classifiesServerErrorsByTheirMessage(int status, String message, Kind kind) {
    server.usually(asked -> asked.fails(status, message));

    assertThat(failure().kind(), is(kind));
  }

  @Test
  void readsRetryAfter() {
    server.usually(asked -> asked.fails(429, "slow down").withHeader("Retry-After", "17"));

    assertThat(failure().retryAfterMillis(), is(17_000L));
  }

  @Test
  void removesTheKeyFromErrors() {
    server.usually(asked -> asked.fails(500, "wrong key " + KEY));

    assertThat(failure().getMessage(), not(containsString(KEY)));
  }

  @Test
  void removesTheKeyFromAnswers() throws Exception {
    server.usually(asked -> asked.says("your key is " + KEY));

    assertThat(send(), containsString("your key is [llmApiKeyFrom]"));
  }

  @Test
  void keepsShortKeysInAnswers() throws Exception {
    apiKey = () -> "aspirin";
    server.usually(asked -> asked.says("aspirin"));

    assertThat(send(), containsString("\"aspirin\""));
  }

  @ParameterizedTest
  @CsvSource({"'sk-1\nX-Evil: 1'", "'sk 1'", "sk-ü"})
  void sendsNoKeyWithForbiddenCharacters(String key) {
    apiKey = () -> key;

    assertThat(failure().kind(), is(Kind.CONFIGURATION));
    assertThat(server.requests(), hasSize(0));
  }

  @Test
  void reportsAKeyThatCannotBeRead() {
    apiKey =
        () -> {
          throw new IllegalStateException("environment variable LLM_KEY is not set");
        };

    assertThat(
        failure().getMessage(), endsWith("llmApiKeyFrom: environment variable LLM_KEY is not set"));
  }

  @Test
  void doesNotFollowRedirects() {
    server.usually(asked -> aResponse().withStatus(307).withHeader("Location", server.url()));

    assertThat(failure().kind(), is(Kind.CONFIGURATION));
    assertThat(server.requests(), hasSize(1));
  }

  @Test
  void treatsBrokenConnectionsAsTransient() {
    server.usually(asked -> aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

    assertThat(failure().kind(), is(Kind.TRANSIENT));
    assertThat(failure().code(), is("LLM_UNREACHABLE"));
  }

  @Test
  void namesAHostThatIsUnknown() {
    Endpoint nowhere =
        new Endpoint(Service.LANGUAGE_MODEL, "http://models.invalid/v1", 1, 0, timeoutSeconds, 0);
    ModelHttp http = new ModelHttp(nowhere, apiKey, Set.of(), Map.of());

    assertThat(
        assertThrows(CallFailure.class, () -> http.send(REQUEST)).getMessage(),
        is("no answer: unknown host"));
  }

  @Test
  void limitsTheWholeExchangeByTheTimeout() {
    timeoutSeconds = 1;
    server.usually(asked -> asked.good().withChunkedDribbleDelay(20, 20_000));

    assertThat(failure().code(), is("LLM_TIMEOUT"));
  }

  private String send() throws Exception {
    Endpoint endpoint = new Endpoint(Service.LANGUAGE_MODEL, server.url(), 1, 0, timeoutSeconds, 0);
    return new ModelHttp(endpoint, apiKey, Set.of()).send(REQUEST);
  }

  private CallFailure failure() {
    return assertThrows(CallFailure.class, this::send);
  }
}
