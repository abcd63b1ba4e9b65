package org.irisgraph.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EndpointCheckTest {

  private static final String KEY = "a-key-of-twenty-letters";

  private HttpServer server;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile int status = 200;
  private volatile String body = "";

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.add(
              "%s %s %s"
                  .formatted(
                      exchange.getRequestMethod(),
                      exchange.getRequestURI(),
                      exchange.getRequestHeaders().getFirst("Authorization")));
          byte[] answer = body.getBytes(UTF_8);
          exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private List<String> models() throws Exception {
    String url = "http://127.0.0.1:%d/v1".formatted(server.getAddress().getPort());
    return EndpointCheck.models(new Endpoint(Service.LANGUAGE_MODEL, url, 1, 0, 5, 0), () -> KEY);
  }

  @Test
  void asksForTheModelsAndForNoAnswer() throws Exception {
    body = "{\"data\":[{\"id\":\"small\"},{\"id\":\"large\"}]}";

    assertThat(models(), contains("small", "large"));
    assertThat(asked, contains("GET /v1/models Bearer " + KEY));
  }

  @Test
  void acceptsAServerThatDoesNotListItsModels() throws Exception {
    status = 404;
    assertThat(models(), empty());
    status = 200;
    body = "<html>";
    assertThat(models(), empty());
  }

  @Test
  void reportsAKeyThatIsRefusedWithoutShowingIt() {
    status = 401;
    body = "{\"error\":{\"message\":\"wrong key %s\"}}".formatted(KEY);

    String message = assertThrows(ModelException.Configuration.class, this::models).getMessage();

    assertThat(message, containsString("HTTP 401"));
    assertThat(message, not(containsString(KEY)));
  }
}
