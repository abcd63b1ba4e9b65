package org.irisgraph.extract.llm;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.irisgraph.endpoint.TokenCounter;

/**
 * An OpenAI-compatible server on a real socket. Its model finds a few words, and relates a drug to
 * a symptom in the same sentence. It gives the singular of a name. Tests can make it misbehave.
 */
public final class ModelServer implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern DRUG = Pattern.compile("[A-Za-z]+(?:mab|pirin|profen|formin)\\b");
  private static final Pattern SENTENCES = Pattern.compile("(?<=\\.)\\s+");
  private static final Pattern SYMPTOM = Pattern.compile("(?:fever|headache|nausea)(?=s?\\b)");

  private final WireMockServer server;
  private final Queue<Behaviour> next = new ConcurrentLinkedQueue<>();
  private final List<Asked> requests = new CopyOnWriteArrayList<>();
  private volatile Behaviour usual = Asked::good;

  public ModelServer() {
    server =
        new WireMockServer(
            WireMockConfiguration.options()
                .bindAddress("127.0.0.1")
                .dynamicPort()
                .containerThreads(64)
                .extensions(new Answering()));
    server.start();
    server.stubFor(any(anyUrl()).willReturn(aResponse()));
  }

  /** Decides the response to a request. */
  @FunctionalInterface
  public interface Behaviour {
    ResponseDefinitionBuilder to(Asked asked);
  }

  /** A request that the server received. */
  public record Asked(JsonNode body, String authorization, String path, long atNanos) {

    /** The texts of the request by id. */
    public Map<String, String> texts() {
      try {
        Map<String, String> texts = new LinkedHashMap<>();
        JSON.readTree(body.at("/messages/1/content").asText())
            .path("documents")
            .forEach(node -> texts.put(node.path("id").asText(), node.path("text").asText()));
        return texts;
      } catch (JsonProcessingException e) {
        throw new AssertionError("the documents of a request must be JSON", e);
      }
    }

    /** Whether it requests a correction. */
    public boolean isRepair() {
      return body.path("messages").size() > 2;
    }

    /** A response with a complete answer. */
    public ResponseDefinitionBuilder good() {
      return says(answer().toString());
    }

    /** The answer of the model. */
    public ObjectNode answer() {
      ObjectNode answer = JSON.createObjectNode();
      ArrayNode documents = answer.putArray("documents");
      texts().forEach((id, text) -> documents.add(answerFor(text).put("id", id)));
      return answer;
    }

    /** A response with this output of the model. */
    public ResponseDefinitionBuilder says(String content) {
      return says(content, "stop");
    }

    public ResponseDefinitionBuilder says(String content, String finishReason) {
      return says(content, finishReason, tokens());
    }

    /** How many tokens the model reads. */
    public int tokens() {
      return TokenCounter.count(body.at("/messages/1/content").asText());
    }

    /** A response of a server that has read only so many tokens. */
    public ResponseDefinitionBuilder saysAfterReading(int tokens, String content) {
      return says(content, "stop", tokens);
    }

    private static ResponseDefinitionBuilder says(String content, String finishReason, int read) {
      ObjectNode response = JSON.createObjectNode();
      ObjectNode choice = response.putArray("choices").addObject();
      choice.put("finish_reason", finishReason);
      choice.putObject("message").put("role", "assistant").put("content", content);
      response.putObject("usage").put("prompt_tokens", read).put("completion_tokens", 10);
      return aResponse()
          .withHeader("Content-Type", "application/json")
          .withBody(response.toString());
    }

    public ResponseDefinitionBuilder fails(int status, String message) {
      ObjectNode response = JSON.createObjectNode();
      response.putObject("error").put("message", message);
      return aResponse().withStatus(status).withBody(response.toString());
    }
  }

  /** The answer for one text: each name once. */
  public static ObjectNode answerFor(String text) {
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode entities = answer.putArray("entities");
    ArrayNode relations = answer.putArray("relationships");
    Map<String, String> names = new LinkedHashMap<>();
    for (String sentence : SENTENCES.split(text, -1)) {
      List<String> drugs = all(DRUG, sentence);
      List<String> symptoms = all(SYMPTOM, sentence);
      drugs.forEach(name -> names.put(name, "DRUG"));
      symptoms.forEach(name -> names.put(name, "SYMPTOM"));
      if (!drugs.isEmpty() && !symptoms.isEmpty()) {
        relations
            .addObject()
            .put("source", drugs.get(0))
            .put("target", symptoms.get(0))
            .put("type", "treats")
            .put("confidence", 0.75);
      }
    }
    names.forEach(
        (name, type) ->
            entities.addObject().put("text", name).put("type", type).put("confidence", 0.9));
    return answer;
  }

  private static List<String> all(Pattern pattern, String text) {
    List<String> found = new ArrayList<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group());
    }
    return found;
  }

  private final class Answering implements ResponseDefinitionTransformerV2 {

    @Override
    public String getName() {
      return "answering";
    }

    @Override
    public ResponseDefinition transform(ServeEvent event) {
      try {
        Asked asked =
            new Asked(
                JSON.readTree(event.getRequest().getBodyAsString()),
                event.getRequest().getHeader("Authorization"),
                event.getRequest().getUrl(),
                System.nanoTime());
        requests.add(asked);
        Behaviour behaviour = next.poll();
        return (behaviour == null ? usual : behaviour).to(asked).build();
      } catch (JsonProcessingException e) {
        throw new AssertionError("a request must be JSON", e);
      }
    }
  }

  /** The base URL of the API. */
  public String url() {
    return server.baseUrl() + "/v1";
  }

  /** Sets the behaviour after those of {@link #next} are used up. */
  public ModelServer usually(Behaviour behaviour) {
    usual = behaviour;
    return this;
  }

  /** Adds a behaviour for one request. */
  public ModelServer next(Behaviour behaviour) {
    next.add(behaviour);
    return this;
  }

  /** The requests so far, in order. */
  public List<Asked> requests() {
    return List.copyOf(requests);
  }

  /** Number of requests with a text. */
  public long timesAsked(String text) {
    return requests.stream().filter(asked -> asked.texts().containsValue(text)).count();
  }

  @Override
  public void close() {
    server.stop();
  }
}
