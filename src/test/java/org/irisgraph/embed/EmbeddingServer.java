package org.irisgraph.embed;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.irisgraph.graph.Embedding;

/**
 * An OpenAI-compatible server of embeddings on a real socket. The vector of a text counts its
 * letters, so that it shows which text it was computed from. Tests can make it misbehave.
 */
public final class EmbeddingServer implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final Queue<Behaviour> next = new ConcurrentLinkedQueue<>();
  private final List<Asked> requests = new CopyOnWriteArrayList<>();
  private volatile Behaviour usual = Asked::good;

  public EmbeddingServer(int dimension) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    server.setExecutor(
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "embedding-server");
              thread.setDaemon(true);
              return thread;
            }));
    server.createContext(
        "/",
        exchange -> {
          Asked asked =
              new Asked(
                  JSON.readTree(exchange.getRequestBody()),
                  exchange.getRequestURI().getPath(),
                  exchange.getRequestHeaders().getFirst("Authorization"),
                  dimension);
          requests.add(asked);
          Behaviour behaviour = next.poll();
          Answer answer = (behaviour == null ? usual : behaviour).to(asked);
          answer.headers().forEach(exchange.getResponseHeaders()::set);
          byte[] body = answer.body().getBytes(UTF_8);
          exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  /** Decides the response to a request. */
  @FunctionalInterface
  public interface Behaviour {
    Answer to(Asked asked);
  }

  /** A response. */
  public record Answer(int status, String body, Map<String, String> headers) {}

  /** A request that the server received. */
  public record Asked(JsonNode body, String path, String authorization, int dimension) {

    public List<String> texts() {
      List<String> texts = new ArrayList<>();
      body.path("input").forEach(text -> texts.add(text.asText()));
      return texts;
    }

    /** The response of a server that behaves. */
    public Answer good() {
      return says(json());
    }

    public ObjectNode json() {
      ObjectNode response = JSON.createObjectNode();
      ArrayNode data = response.putArray("data");
      for (String text : texts()) {
        ArrayNode numbers = data.addObject().put("index", data.size() - 1).putArray("embedding");
        for (float number : vector(text, dimension)) {
          numbers.add(number);
        }
      }
      response.putObject("usage").put("prompt_tokens", 7 * texts().size());
      return response;
    }

    public Answer says(JsonNode json) {
      return says(json.toString());
    }

    public Answer says(String text) {
      return new Answer(200, text, Map.of());
    }

    public Answer fails(int status, String message) {
      return new Answer(status, "{\"error\":{\"message\":\"%s\"}}".formatted(message), Map.of());
    }
  }

  /** What the server computes, before it is scaled: how often a text has each letter, and 1. */
  public static float[] vector(String text, int dimension) {
    float[] vector = new float[dimension];
    vector[0] = 1;
    text.chars().forEach(letter -> vector[letter % dimension]++);
    return vector;
  }

  /** The same, scaled to length 1. */
  public static Embedding unit(String text, int dimension) {
    float[] vector = vector(text, dimension);
    double squares = 0;
    for (float number : vector) {
      squares += number * number;
    }
    for (int i = 0; i < dimension; i++) {
      vector[i] = (float) (vector[i] / Math.sqrt(squares));
    }
    return new Embedding(vector);
  }

  /** The base URL of the API. */
  public String url() {
    return "http://127.0.0.1:%d/v1".formatted(server.getAddress().getPort());
  }

  /** Sets the behaviour after those of {@link #next} are used up. */
  public EmbeddingServer usually(Behaviour behaviour) {
    usual = behaviour;
    return this;
  }

  /** Adds a behaviour for one request. */
  public EmbeddingServer next(Behaviour behaviour) {
    next.add(behaviour);
    return this;
  }

  /** The requests so far, in order. */
  public List<Asked> requests() {
    return List.copyOf(requests);
  }

  /** The number of requests with a text. */
  public long timesAsked(String text) {
    return requests.stream().filter(asked -> asked.texts().contains(text)).count();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
