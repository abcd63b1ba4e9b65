package org.irisgraph.embed;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.irisgraph.embed.EmbeddingServer.Answer;
import org.irisgraph.embed.EmbeddingServer.Asked;
import org.irisgraph.endpoint.CompletionCache;
import org.irisgraph.endpoint.Endpoint;
import org.irisgraph.endpoint.FakeSleeper;
import org.irisgraph.endpoint.InMemoryCompletionCache;
import org.irisgraph.endpoint.ModelException;
import org.irisgraph.endpoint.Service;
import org.irisgraph.graph.Embedding;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An embedding model behind a real HTTP server. */
class EndpointModelTest {

  private static final String KEY = "sk-0123456789abcdef0123456789abcdef";
  private static final int DIMENSION = 8;
  private static final List<String> TEXTS = List.of("Gout.", "Lupus hurts.", "Rash is red.");

  private final EmbeddingServer server = new EmbeddingServer(DIMENSION);
  private CompletionCache cache = new InMemoryCompletionCache();
  private final FakeSleeper sleeper = new FakeSleeper();
  private int dimensions;
  private int maxCharacters = 8000;
  private int batchTexts = 32;
  private int timeoutSeconds = 20;

  @AfterEach
  void stop() {
    server.close();
  }

  private EndpointModel model() {
    return new EndpointModel(
        new Endpoint(Service.EMBEDDING_MODEL, server.url(), 2, 0, timeoutSeconds, 60),
        () -> KEY,
        new EmbeddingSettings("bge", dimensions, maxCharacters, batchTexts),
        DIMENSION);
  }

  private Map<String, TextVector> embed(List<String> texts) throws Exception {
    return embed(texts, () -> false);
  }

  private Map<String, TextVector> embed(List<String> texts, BooleanSupplier stopped)
      throws Exception {
    try (EmbeddingModel model = model().open(cache, sleeper)) {
      return model.embed(texts, stopped);
    }
  }

  private static Embedding unit(String text) {
    return EmbeddingServer.unit(text, DIMENSION);
  }

  private static void assertEmbedded(Map<String, TextVector> vectors, List<String> texts) {
    assertThat(vectors.size(), is(texts.size()));
    texts.forEach(
        text ->
            assertThat(text, Objects.requireNonNull(vectors.get(text)).vector(), is(unit(text))));
  }

  private static String code(TextVector result) {
    return Objects.requireNonNull(result.failure()).code();
  }

  private static UnaryOperator<Answer> retryAfter(String value) {
    return answer -> new Answer(answer.status(), answer.body(), Map.of("Retry-After", value));
  }

  private static ArrayNode data(ObjectNode response) {
    return (ArrayNode) response.get("data");
  }

  /** A response whose first vector is another one. */
  private static Answer withFirst(Asked asked, String json) {
    return asked.says(
        asked.json().toString().replaceFirst("\"embedding\":\\[[^]]*]", "\"embedding\":" + json));
  }

  @Test
  void sendsTheTextsInOneRequestWithModelAndKey() throws Exception {
    assertEmbedded(embed(TEXTS), TEXTS);

    assertThat(server.requests(), hasSize(1));
    Asked asked = server.requests().get(0);
    assertThat(asked.path(), is("/v1/embeddings"));
    assertThat(asked.authorization(), is("Bearer " + KEY));
    assertThat(asked.body().path("model").asText(), is("bge"));
    assertThat(asked.body().has("dimensions"), is(false));
  }

  @Test
  void requestsTheDimensionsThatAreSet() throws Exception {
    dimensions = DIMENSION;
    embed(TEXTS);

    assertThat(server.requests().get(0).body().path("dimensions").asInt(), is(DIMENSION));
  }

  @Test
  void scalesVectorsToLengthOne() throws Exception {
    Embedding vector = Objects.requireNonNull(embed(TEXTS).get("Gout.")).vector();

    double squares =
        IntStream.range(0, DIMENSION)
            .mapToDouble(i -> Math.pow(Objects.requireNonNull(vector).get(i), 2))
            .sum();
    assertThat(squares, closeTo(1, 1e-6));
  }

  @Test
  void sendsNoMoreTextsAtOnceThanBatchTexts() throws Exception {
    batchTexts = 2;
    List<String> texts = IntStream.range(0, 7).mapToObj("text %d"::formatted).toList();

    assertEmbedded(embed(texts), texts);

    assertThat(server.requests(), hasSize(4));
    assertThat(
        server.requests().stream().map(asked -> asked.texts().size()).toList(),
        everyItem(lessThanOrEqualTo(2)));
  }

  @Test
  void halvesARequestThatHasTooManyTexts() throws Exception {
    server.usually(
        asked ->
            asked.texts().size() > 1 ? asked.fails(422, "batch size > maximum") : asked.good());

    assertEmbedded(embed(TEXTS), TEXTS);
  }

  @ParameterizedTest
  @CsvSource({
    "400, maximum context length is 50 tokens",
    "413, payload",
    "500, input (120 tokens) is too large to process. increase the physical batch size"
  })
  void halvesATextThatIsTooLongAndNoOther(int status, String message) throws Exception {
    String longText = "gout ".repeat(100);
    server.usually(
        asked ->
            asked.texts().stream().anyMatch(text -> text.length() > 200)
                ? asked.fails(status, message)
                : asked.good());

    Map<String, TextVector> vectors = embed(List.of("Gout.", longText));

    assertEmbedded(Map.of("Gout.", vectors.get("Gout.")), List.of("Gout."));
    assertThat(vectors.get(longText).vector(), is(unit(longText.substring(0, 125))));

    int before = server.requests().size();
    assertThat(embed(List.of(longText)).get(longText).vector(), is(vectors.get(longText).vector()));
    assertThat("from the cache", server.requests().size(), is(before));
  }

  @Test
  void sendsTheBeginningOfATextWithoutHalfACharacter() throws Exception {
    maxCharacters = 100;
    String text = "x".repeat(99) + "😀 and more";

    assertThat(embed(List.of(text)).get(text).vector(), is(unit("x".repeat(99))));
    assertThat(server.requests().get(0).texts(), contains("x".repeat(99)));
  }

  @Test
  void rejectsATextThatIsTooLongAtEveryLength() throws Exception {
    String text = "strange ".repeat(50);
    server.usually(
        asked ->
            asked.texts().stream().anyMatch(sent -> sent.startsWith("str"))
                ? asked.fails(413, "too long")
                : asked.good());

    Map<String, TextVector> vectors = embed(List.of("Gout.", text));

    assertThat(code(vectors.get(text)), is("EMBEDDING_TOO_LONG"));
    assertThat(vectors.get("Gout.").vector(), is(unit("Gout.")));
  }

  @Test
  void putsVectorsThatComeInAnotherOrderBesideTheirTexts() throws Exception {
    server.usually(
        asked -> {
          ObjectNode response = asked.json();
          ArrayNode data = data(response);
          data.add(data.remove(0));
          return asked.says(response);
        });

    assertEmbedded(embed(TEXTS), TEXTS);
  }

  @Test
  void readsVectorsAsBase64() throws Exception {
    server.usually(
        asked -> {
          ObjectNode response = asked.json();
          for (int i = 0; i < asked.texts().size(); i++) {
            ByteBuffer bytes = ByteBuffer.allocate(4 * DIMENSION).order(ByteOrder.LITTLE_ENDIAN);
            for (float number : EmbeddingServer.vector(asked.texts().get(i), DIMENSION)) {
              bytes.putFloat(number);
            }
            ((ObjectNode) data(response).get(i))
                .put("embedding", Base64.getEncoder().encodeToString(bytes.array()));
          }
          return asked.says(response);
        });

    assertEmbedded(embed(TEXTS), TEXTS);
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "[0,0,0,0,0,0,0,0]",
        "[1,2,3]",
        "[1,2,3,4,5,6,7,\"NaN\"]",
        "[1,2,3,4,5,6,7,1e400]",
        "[1,2,3,4,5,6,7,null]",
        "\"no base64!\"",
        "null"
      })
  void rejectsOnlyTheTextWhoseVectorCannotBeUsed(String vector) throws Exception {
    server.usually(
        asked -> asked.texts().contains("Gout.") ? withFirst(asked, vector) : asked.good());

    Map<String, TextVector> vectors = embed(TEXTS);

    assertThat(code(vectors.get("Gout.")), is("EMBEDDING_MALFORMED"));
    assertThat(vectors.get("Rash is red.").vector(), is(unit("Rash is red.")));
  }

  @Test
  void asksAgainForVectorsOfAnotherCount() throws Exception {
    server.next(
        asked -> {
          ObjectNode response = asked.json();
          data(response).remove(0);
          return asked.says(response);
        });

    assertEmbedded(embed(TEXTS), TEXTS);
  }

  @Test
  void asksAgainIfOneTextHasTwoVectors() throws Exception {
    server.next(asked -> asked.says(asked.json().toString().replace("\"index\":1", "\"index\":0")));

    assertEmbedded(embed(TEXTS), TEXTS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>busy</html>", "{}", "[]", "{\"data\":{}}"})
  void asksAgainAfterAResponseThatIsNoList(String body) throws Exception {
    server.next(asked -> asked.says(body));

    assertEmbedded(embed(TEXTS), TEXTS);
  }

  @Test
  void readsTheLongResponseToManyTexts() throws Exception {
    server.usually(asked -> asked.says(asked.json() + " ".repeat(9_000_000)));

    assertEmbedded(embed(TEXTS), TEXTS);
    assertThat(server.requests(), hasSize(1));
  }

  @Test
  void namesTheSettingsOfAServerThatIsNoEmbeddingModel() {
    server.usually(asked -> asked.says("<html>welcome</html>"));

    assertThat(
        assertThrows(ModelException.Configuration.class, () -> embed(TEXTS)).getMessage(),
        containsString("are embeddingUrl and embeddingModel right?"));
  }

  @Test
  void namesTheKeyThatIsRefusedWithoutShowingIt() {
    server.usually(asked -> asked.fails(401, "wrong key " + KEY));

    String message =
        assertThrows(ModelException.Configuration.class, () -> embed(TEXTS)).getMessage();

    assertThat(message, containsString("is embeddingApiKeyFrom the key of this endpoint"));
    assertThat(message, not(containsString(KEY)));
    assertThat(server.requests(), hasSize(1));
  }

  @Test
  void namesTheModelThatTheServerDoesNotHave() {
    server.usually(asked -> asked.fails(404, "model bge not found"));

    assertThat(
        assertThrows(ModelException.Configuration.class, () -> embed(TEXTS)).getMessage(),
        containsString("model bge not found; are embeddingUrl and embeddingModel right?"));
  }

  @Test
  void waitsAsLongAsABusyServerDemands() throws Exception {
    server.next(asked -> retryAfter("17").apply(asked.fails(429, "slow down")));

    assertEmbedded(embed(TEXTS), TEXTS);

    assertThat(sleeper.sleeps(), contains(17_000L));
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503})
  void triesAgainAfterAFailureOfTheServer(int status) throws Exception {
    server.next(asked -> asked.fails(status, "oops"));

    assertEmbedded(embed(TEXTS), TEXTS);
  }

  @Test
  void reportsAnOutageThatLasts() {
    server.usually(asked -> asked.fails(500, "down"));

    assertThat(
        assertThrows(ModelException.Outage.class, () -> embed(TEXTS)).getMessage(),
        startsWith("the embedding model at %s did not answer".formatted(server.url())));
  }

  @Test
  void triesAgainIfTheServerIsSlow() throws Exception {
    timeoutSeconds = 1;
    CountDownLatch end = new CountDownLatch(1);
    server.next(
        asked -> {
          try {
            end.await(10, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return asked.good();
        });

    assertEmbedded(embed(TEXTS), TEXTS);
    end.countDown();
  }

  @Test
  void rejectsOnlyTheTextOnWhichTheServerFails() throws Exception {
    server.usually(
        asked -> asked.texts().contains("Gout.") ? asked.fails(500, "bug") : asked.good());

    Map<String, TextVector> vectors = embed(TEXTS);

    assertThat(code(vectors.get("Gout.")), is("EMBEDDING_HTTP_500"));
    assertThat(vectors.get("Lupus hurts.").vector(), is(unit("Lupus hurts.")));
  }

  @Test
  void waitsTwiceAtMostForATextOnWhichTheServerFails() throws Exception {
    List<String> texts = IntStream.range(0, 16).mapToObj("text %d"::formatted).toList();
    server.usually(
        asked -> asked.texts().contains("text 7") ? asked.fails(500, "bug") : asked.good());

    assertThat(code(embed(texts).get("text 7")), is("EMBEDDING_HTTP_500"));

    long seconds = sleeper.sleeps().stream().mapToLong(millis -> millis).sum() / 1000;
    assertThat(seconds, lessThanOrEqualTo(2 * 60L));
  }

  @Test
  void paysForATextOnce() throws Exception {
    embed(TEXTS);
    embed(List.of("Gout.", "Gout.", "Measles."));

    assertThat(server.timesAsked("Gout."), is(1L));
    assertThat(server.requests().get(1).texts(), contains("Measles."));
  }

  @Test
  void takesNoKeptVectorOfAnotherDimension() throws Exception {
    embed(TEXTS);

    try (EmbeddingServer other = new EmbeddingServer(5);
        EmbeddingModel model =
            new EndpointModel(
                    new Endpoint(Service.EMBEDDING_MODEL, other.url(), 2, 0, 20, 60),
                    () -> KEY,
                    model().settings(),
                    5)
                .open(cache, sleeper)) {
      assertThat(
          model.embed(TEXTS, () -> false).get("Gout.").vector(),
          is(EmbeddingServer.unit("Gout.", 5)));
    }
  }

  @Test
  void keepsNoVectorWithoutACache() throws Exception {
    cache = CompletionCache.NONE;
    assertEmbedded(embed(TEXTS), TEXTS);
    assertEmbedded(embed(TEXTS), TEXTS);

    assertThat(server.timesAsked("Gout."), is(2L));
  }

  @Test
  void givesUpWhatIsLeftWhenItIsStopped() throws Exception {
    assertThat(embed(TEXTS, () -> true), is(anEmptyMap()));
  }

  @Test
  void findsTheDimensionWithOneRequest() throws Exception {
    assertThat(model().ofDimension(0).dimension(), is(DIMENSION));
    assertThat(server.requests(), hasSize(1));
  }

  @Test
  void refusesAnAddressWhereNothingAnswersAtTheStart() {
    EndpointModel model =
        new EndpointModel(
            new Endpoint(Service.EMBEDDING_MODEL, "http://127.0.0.1:1/v1", 1, 0, 9, 60),
            () -> KEY,
            model().settings());

    assertThat(
        assertThrows(ModelException.Configuration.class, model::dimension).getMessage(),
        is(
            "the embedding model at http://127.0.0.1:1/v1: no answer: cannot connect; start its"
                + " server, or correct embeddingUrl"));
  }

  @Test
  void waitsAtTheStartForAServerThatIsBusy() throws Exception {
    server.next(asked -> asked.fails(503, "loading the model"));

    assertThat(model().dimension(), is(DIMENSION));
  }

  @Test
  void isTheSameModelAtAnotherAddress() {
    EndpointModel here = model();
    EndpointModel there =
        new EndpointModel(
            new Endpoint(Service.EMBEDDING_MODEL, "http://other/v1", 9, 9, 9, 9),
            () -> "",
            here.settings());
    maxCharacters = 100;

    assertThat(there.identity(), is(here.identity()));
    assertThat(model().identity(), is(not(here.identity())));
  }

  @Test
  void isTheSameModelInALanguageWithOtherDigits() {
    String identity = model().identity();
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("th-TH-u-nu-thai"));
    try {
      assertThat(model().identity(), is(identity));
    } finally {
      Locale.setDefault(before);
    }
  }
}
