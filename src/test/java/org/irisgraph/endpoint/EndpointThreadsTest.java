package org.irisgraph.endpoint;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.sameInstance;

import java.util.Set;
import org.junit.jupiter.api.Test;

class EndpointThreadsTest {

  private static final ApiKey KEY = () -> "";
  private static final ModelProtocol<String, String> PROTOCOL = new Echo();
  private static final Endpoint ENDPOINT = endpoint("http://localhost:1/v1");

  @Test
  void sharesTheThreadsOfAnEndpoint() {
    try (EndpointThreads<String, String> first =
            EndpointThreads.acquire(ENDPOINT, KEY, PROTOCOL, Sleeper.SYSTEM);
        EndpointThreads<String, String> second =
            EndpointThreads.acquire(
                endpoint("http://localhost:1/v1"), KEY, PROTOCOL, Sleeper.SYSTEM);
        EndpointThreads<String, String> other =
            EndpointThreads.acquire(
                endpoint("http://localhost:2/v1"), KEY, PROTOCOL, Sleeper.SYSTEM)) {
      assertThat(second, is(sameInstance(first)));
      assertThat(other, is(not(sameInstance(first))));
    }
  }

  @Test
  void stopsTheThreadsAfterTheLastUser() {
    EndpointThreads<String, String> first =
        EndpointThreads.acquire(ENDPOINT, KEY, PROTOCOL, Sleeper.SYSTEM);
    EndpointThreads<String, String> second =
        EndpointThreads.acquire(ENDPOINT, KEY, PROTOCOL, Sleeper.SYSTEM);

    first.close();
    assertThat(second.threads().isShutdown(), is(false));
    second.close();
    assertThat(second.threads().isShutdown(), is(true));
  }

  private static Endpoint endpoint(String url) {
    return new Endpoint(Service.LANGUAGE_MODEL, url, 1, 0, 1, 0);
  }

  /** Sends and returns text. */
  private record Echo() implements ModelProtocol<String, String> {
    @Override
    public String body(String request, Set<String> refused) {
      return request;
    }

    @Override
    public String read(String request, String body) {
      return body;
    }

    @Override
    public String probe(String request) {
      return request;
    }

    @Override
    public String advice(String request) {
      return "";
    }
  }
}
