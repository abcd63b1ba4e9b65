package org.irisgraph.endpoint;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.irisgraph.base.Shared;

/**
 * The threads and the rate limit that all users of an endpoint in this JVM share: as many threads
 * as calls may run at once.
 */
public final class EndpointThreads<Q, R> implements AutoCloseable {

  private static final Shared<Key, EndpointThreads<?, ?>> OPEN =
      new Shared<>(endpoint -> endpoint.threads.shutdownNow());

  private final Key key;
  private final ExecutorService threads;
  private final RetryingClient<Q, R> client;

  private record Key(
      Endpoint endpoint, ApiKey apiKey, ModelProtocol<?, ?> protocol, Sleeper sleeper) {}

  private EndpointThreads(Key key, ModelProtocol<Q, R> protocol) {
    this.key = key;
    Endpoint endpoint = key.endpoint();
    AtomicInteger number = new AtomicInteger();
    this.threads =
        Executors.newFixedThreadPool(
            endpoint.concurrency(),
            task -> {
              Thread thread =
                  new Thread(task, endpoint.service().option("-call-") + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    this.client = new RetryingClient<>(endpoint, key.apiKey(), protocol, key.sleeper());
  }

  /** Starts the threads of an endpoint unless they run; every call needs one {@link #close}. */
  @SuppressWarnings("unchecked") // Equal protocols have the same types.
  public static <Q, R> EndpointThreads<Q, R> acquire(
      Endpoint endpoint, ApiKey apiKey, ModelProtocol<Q, R> protocol, Sleeper sleeper) {
    return (EndpointThreads<Q, R>)
        OPEN.acquire(
            new Key(endpoint, apiKey, protocol, sleeper),
            key -> new EndpointThreads<>(key, protocol));
  }

  /** As many threads as calls may run at once. */
  public ExecutorService threads() {
    return threads;
  }

  /** Sends requests on the caller's thread. */
  public RetryingClient<Q, R> client() {
    return client;
  }

  @Override
  public void close() {
    OPEN.release(key);
  }
}
