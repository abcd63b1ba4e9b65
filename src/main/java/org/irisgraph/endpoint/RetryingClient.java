package org.irisgraph.endpoint;

import dev.failsafe.Execution;
import dev.failsafe.RetryPolicy;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.irisgraph.endpoint.CallFailure.Kind;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends requests and retries transient failures with exponential back-off, no sooner than the
 * server's {@code Retry-After} allows, until the time for retries is spent.
 *
 * <p>After that, <b>a failure is attributed to the documents of the request if and only if another
 * request goes through</b>: if the server answers a probe of a few words, the request itself is the
 * cause. If it does not, there is an outage or a wrong setting, and no document is rejected.
 *
 * <p>Failsafe computes the back-off. Its executors were tried for the loop as well, but they sleep
 * and measure time by the system clock only, and their jitter shortens a delay that the server
 * demands.
 */
public final class RetryingClient<Q, R> {

  private static final Logger LOG = LoggerFactory.getLogger(RetryingClient.class);

  private static final RetryPolicy<Object> BACK_OFF =
      RetryPolicy.<Object>builder()
          .withMaxRetries(-1)
          .withBackoff(Duration.ofMillis(500), Duration.ofSeconds(30))
          .withJitter(0.5)
          .build();

  private final ModelHttp client;
  private final Endpoint endpoint;
  private final RateLimiter rateLimiter;
  private final Sleeper sleeper;
  private final ModelProtocol<Q, R> protocol;

  /** The fields that the server does not take. */
  private volatile Set<String> refused = Set.of();

  /** Creates a client with a rate limit of its own. */
  public RetryingClient(
      Endpoint endpoint, ApiKey apiKey, ModelProtocol<Q, R> protocol, Sleeper sleeper) {
    this.client = new ModelHttp(endpoint, apiKey, protocol.optionalFields());
    this.endpoint = endpoint;
    this.protocol = protocol;
    this.rateLimiter = new RateLimiter(endpoint.requestsPerMinute(), sleeper);
    this.sleeper = sleeper;
  }

  /**
   * Returns the response to a request.
   *
   * @throws CallFailure if the documents of the request are the cause
   * @throws ModelException if the endpoint or a setting is the cause
   */
  public R send(Q request) throws CallFailure, ModelException, InterruptedException {
    Execution<Object> attempts = Execution.of(BACK_OFF);
    long failingSince = 0;
    while (true) {
      Set<String> left = refused;
      try {
        return attempt(request, left);
      } catch (CallFailure e) {
        if (leaveOut(e.refusedField(), left)) {
          continue;
        }
        boolean isFirst = attempts.getAttemptCount() == 0;
        attempts.recordException(e);
        // Counted from the first failure, since the request may have queued for a long time.
        failingSince = isFirst ? sleeper.nanoTime() : failingSince;
        long failingMillis = TimeUnit.NANOSECONDS.toMillis(sleeper.nanoTime() - failingSince);
        long millisLeft = TimeUnit.SECONDS.toMillis(endpoint.retrySeconds()) - failingMillis;
        if (e.kind() == Kind.TOO_LONG || e.kind() == Kind.REFUSED) {
          // A response that is no answer may be an accident: it is requested once more.
          if (!isFirst || !e.code().equals(endpoint.service().code(CallFailure.MALFORMED))) {
            throw refused(e, request);
          }
        } else if (millisLeft > 0) {
          delay(e, attempts, millisLeft);
        } else {
          checkAlive(e, request, attempts.getAttemptCount(), failingMillis);
          return sendOnceMore(request);
        }
      }
    }
  }

  /**
   * Returns the response to the first request of a run. An address where nothing answers at the
   * start is probably wrong, so that it is not tried again.
   *
   * @throws CallFailure if the documents of the request are the cause
   * @throws ModelException if the endpoint or a setting is the cause
   */
  public R sendFirst(Q request) throws CallFailure, ModelException, InterruptedException {
    try {
      return attempt(request, refused);
    } catch (CallFailure e) {
      if (!e.code().equals(endpoint.service().code(CallFailure.UNREACHABLE))) {
        return send(request);
      }
      throw new ModelException.Configuration(
          "%s: %s; start its server, or correct %s"
              .formatted(name(), e.getMessage(), endpoint.service().option("Url")));
    }
  }

  /**
   * Leaves a field out from now on that the server does not take.
   *
   * @return whether to send the request again in the new form
   */
  private synchronized boolean leaveOut(@Nullable String field, Set<String> left) {
    if (field == null || !protocol.has(field, left)) {
      return false;
    }
    if (protocol.has(field, refused)) {
      Set<String> more = new LinkedHashSet<>(refused);
      more.add(field);
      refused = Set.copyOf(more);
      LOG.warn("{} does not take {}: requests leave it out from now on", name(), field);
    }
    return true;
  }

  private R attempt(Q request, Set<String> left)
      throws CallFailure, ModelException.Configuration, InterruptedException {
    rateLimiter.acquire();
    try {
      return protocol.read(request, client.send(protocol.body(request, left)));
    } catch (CallFailure e) {
      if (e.kind() == Kind.CONFIGURATION) {
        throw new ModelException.Configuration(e.getMessage());
      }
      throw e;
    }
  }

  private void delay(CallFailure failure, Execution<Object> attempts, long millisLeft)
      throws InterruptedException {
    long retryAfter = failure.retryAfterMillis();
    long millis = Math.min(millisLeft, Math.max(attempts.getDelay().toMillis(), retryAfter));
    if (retryAfter > 0) {
      rateLimiter.pause(Math.min(millisLeft, retryAfter));
    }
    LOG.atWarn()
        .addKeyValue("attempt", attempts.getAttemptCount())
        .addKeyValue("error", failure.getMessage())
        .addKeyValue("againInMillis", millis)
        .log("the {} did not answer", endpoint.service().label());
    sleeper.sleep(millis);
  }

  /** Throws an outage unless a probe goes through. */
  private void checkAlive(CallFailure failure, Q request, int attempts, long millis)
      throws ModelException, InterruptedException {
    if (failure.kind() == Kind.THROTTLED || probe(request).isPresent()) {
      throw outage(
          "%s; gave up after %d attempts in %d s (retrySeconds)"
              .formatted(failure.getMessage(), attempts, millis / 1000),
          failure);
    }
  }

  /** The server may have recovered just before the probe: retries once. */
  private R sendOnceMore(Q request) throws CallFailure, ModelException, InterruptedException {
    try {
      return attempt(request, refused);
    } catch (CallFailure e) {
      if (e.kind() == Kind.THROTTLED) {
        throw outage(e.getMessage(), e);
      }
      throw e;
    }
  }

  /** Returns the failure of a refused request if the server accepts another request. */
  private CallFailure refused(CallFailure failure, Q request)
      throws ModelException, InterruptedException {
    Optional<CallFailure> probe = probe(request);
    if (probe.isEmpty()) {
      return failure;
    }
    CallFailure other = probe.get();
    if (other.kind() == Kind.TRANSIENT || other.kind() == Kind.THROTTLED) {
      throw outage(other.getMessage(), other);
    }
    throw new ModelException.Configuration(
        "%s accepts no request: %s; %s"
            .formatted(name(), failure.getMessage(), protocol.advice(request)));
  }

  private ModelException.Outage outage(String reason, CallFailure cause) {
    return new ModelException.Outage("%s did not answer: %s".formatted(name(), reason), cause);
  }

  /** Sends a request of a few words; empty if it was answered. */
  private Optional<CallFailure> probe(Q request) throws InterruptedException {
    try {
      rateLimiter.acquire();
      Q probe = protocol.probe(request);
      protocol.read(probe, client.send(protocol.body(probe, refused)));
      return Optional.empty();
    } catch (CallFailure e) {
      return Optional.of(e);
    }
  }

  private String name() {
    return "the %s at %s".formatted(endpoint.service().label(), endpoint.url());
  }
}
