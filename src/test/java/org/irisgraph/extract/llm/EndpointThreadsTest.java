package org.irisgraph.extract.llm;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.sameInstance;

import org.junit.jupiter.api.Test;

class EndpointThreadsTest {

  private static final ApiKey KEY = () -> "";
  private static final Endpoint ENDPOINT = endpoint("http://localhost:1/v1");

  @Test
  void sharesTheThreadsOfAnEndpoint() {
    try (EndpointThreads first = EndpointThreads.acquire(ENDPOINT, KEY, Sleeper.SYSTEM);
        EndpointThreads second =
            EndpointThreads.acquire(endpoint("http://localhost:1/v1"), KEY, Sleeper.SYSTEM);
        EndpointThreads other =
            EndpointThreads.acquire(endpoint("http://localhost:2/v1"), KEY, Sleeper.SYSTEM)) {
      assertThat(second, is(sameInstance(first)));
      assertThat(other, is(not(sameInstance(first))));
    }
  }

  @Test
  void stopsTheThreadsAfterTheLastUser() {
    EndpointThreads first = EndpointThreads.acquire(ENDPOINT, KEY, Sleeper.SYSTEM);
    EndpointThreads second = EndpointThreads.acquire(ENDPOINT, KEY, Sleeper.SYSTEM);

    first.close();
    assertThat(second.threads().isShutdown(), is(false));
    second.close();
    assertThat(second.threads().isShutdown(), is(true));
  }

  private static Endpoint endpoint(String url) {
    return new Endpoint(url, ResponseFormat.NONE, 1, 0, 1, 0);
  }
}
