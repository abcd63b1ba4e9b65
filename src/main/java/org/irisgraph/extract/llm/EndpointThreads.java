package org.irisgraph.extract.llm;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What all who ask an endpoint in this JVM share: as many threads as calls may be under way, and
 * the pace of requests. Opened by the first {@link #acquire} and closed by the last {@link #close}.
 */
final class EndpointThreads implements AutoCloseable {

  private static final Map<Address, EndpointThreads> OPEN = new HashMap<>();

  private final Address address;
  private final ExecutorService threads;
  private final RetryingChatClient client;
  private int users;

  private record Address(Endpoint endpoint, ApiKey apiKey, Sleeper waiting) {}

  private EndpointThreads(Address address) {
    this.address = address;
    Endpoint endpoint = address.endpoint();
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
            new ChatClient(endpoint, address.apiKey()),
            endpoint,
            new RateLimiter(endpoint.requestsPerMinute(), address.waiting()),
            address.waiting());
  }

  /** The threads of an endpoint; each call is matched by one of {@link #close}. */
  static EndpointThreads acquire(Endpoint endpoint, ApiKey apiKey, Sleeper waiting) {
    synchronized (OPEN) {
      EndpointThreads shared =
          OPEN.computeIfAbsent(new Address(endpoint, apiKey, waiting), EndpointThreads::new);
      shared.users++;
      return shared;
    }
  }

  ExecutorService threads() {
    return threads;
  }

  RetryingChatClient client() {
    return client;
  }

  @Override
  public void close() {
    synchronized (OPEN) {
      if (--users == 0) {
        OPEN.remove(address);
        threads.shutdownNow();
      }
    }
  }
}
