package org.irisgraph.extract.llm;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.irisgraph.base.Shared;

/**
 * The threads and the rate limit that all users of an endpoint in this JVM share: as many threads
 * as calls may run at once.
 */
final class EndpointThreads implements AutoCloseable {

  private static final Shared<Key, EndpointThreads> OPEN =
      new Shared<>(endpoint -> endpoint.threads.shutdownNow());

  private final Key key;
  private final ExecutorService threads;
  private final RetryingChatClient client;

  private record Key(Endpoint endpoint, ApiKey apiKey, Sleeper sleeper) {}

  private EndpointThreads(Key key) {
    this.key = key;
    Endpoint endpoint = key.endpoint();
    AtomicInteger number = new AtomicInteger();
    this.threads =
        Executors.newFixedThreadPool(
            endpoint.concurrency(),
            task -> {
              Thread thread = new Thread(task, "llm-call-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    this.client =
        new RetryingChatClient(
            new ChatClient(endpoint, key.apiKey()),
            endpoint,
            new RateLimiter(endpoint.requestsPerMinute(), key.sleeper()),
            key.sleeper());
  }

  /** Starts the threads of an endpoint unless they run; every call needs one {@link #close}. */
  static EndpointThreads acquire(Endpoint endpoint, ApiKey apiKey, Sleeper sleeper) {
    return OPEN.acquire(new Key(endpoint, apiKey, sleeper), EndpointThreads::new);
  }

  ExecutorService threads() {
    return threads;
  }

  RetryingChatClient client() {
    return client;
  }

  @Override
  public void close() {
    OPEN.release(key);
  }
}
