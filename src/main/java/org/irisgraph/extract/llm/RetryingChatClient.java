package org.irisgraph.extract.llm;

import dev.failsafe.Execution;
import dev.failsafe.RetryPolicy;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.irisgraph.extract.llm.CallFailure.Kind;
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
final class RetryingChatClient {

  private static final Logger LOG = LoggerFactory.getLogger(RetryingChatClient.class);

  private static final RetryPolicy<ChatReply> BACK_OFF =
      RetryPolicy.<ChatReply>builder()
          .withMaxRetries(-1)
          .withBackoff(Duration.ofMillis(500), Duration.ofSeconds(30))
          .withJitter(0.5)
          .build();

  private static final String PROBE = "Aspirin is given against pain.";

  private final ChatClient client;
  private final Endpoint endpoint;
  private final RateLimiter rateLimiter;
  private final Sleeper sleeper;
  private volatile RequestForm form;

  RetryingChatClient(
      ChatClient client, Endpoint endpoint, RateLimiter rateLimiter, Sleeper sleeper) {
    this.client = client;
    this.endpoint = endpoint;
    this.rateLimiter = rateLimiter;
    this.sleeper = sleeper;
    this.form = RequestForm.of(endpoint.format());
  }

  /**
   * Returns the reply to a request.
   *
   * @throws CallFailure if the documents of the request are the cause
   * @throws ModelException if the endpoint or a setting is the cause
   */
  ChatReply send(ChatRequest request) throws CallFailure, ModelException, InterruptedException {
    Execution<ChatReply> attempts = Execution.of(BACK_OFF);
    long failingSince = 0;
    while (true) {
      RequestForm used = form;
      try {
        return attempt(request.body(used));
      } catch (CallFailure e) {
        if (leaveOut(e.refusedField(), used)) {
          continue;
        }
        boolean isFirst = attempts.getAttemptCount() == 0;
        attempts.recordException(e);
        // Counted from the first failure, since the request may have queued for a long time.
        failingSince = isFirst ? sleeper.nanoTime() : failingSince;
        long failingMillis = TimeUnit.NANOSECONDS.toMillis(sleeper.nanoTime() - failingSince);
        long millisLeft = TimeUnit.SECONDS.toMillis(endpoint.retrySeconds()) - failingMillis;
        if (e.kind() == Kind.TOO_LONG || e.kind() == Kind.REFUSED) {
          // A response that is no chat completion may be an accident: it is requested once more.
          if (!isFirst || !e.code().equals(ChatReply.MALFORMED)) {
            throw refused(e, request);
          }
        } else if (millisLeft > 0) {
          delay(e, attempts, millisLeft);
        } else {
          checkAlive(e, request, attempts.getAttemptCount(), failingMillis);
          return sendOnceMore(request.body(form));
        }
      }
    }
  }

  /**
   * Leaves a field out from now on that the server does not take.
   *
   * @return whether to send the request again in the new form
   */
  private synchronized boolean leaveOut(@Nullable String field, RequestForm used) {
    if (field == null || !used.has(field)) {
      return false;
    }
    if (form.has(field)) {
      form = form.without(field);
      LOG.warn(
          "the language model at {} does not take {}: requests have {} from now on",
          endpoint.url(),
          field,
          field.equals(RequestForm.MAX_TOKENS) ? RequestForm.MAX_COMPLETION_TOKENS : "no " + field);
    }
    return true;
  }

  private ChatReply attempt(String body)
      throws CallFailure, ModelException.Configuration, InterruptedException {
    rateLimiter.acquire();
    try {
      return client.send(body);
    } catch (CallFailure e) {
      if (e.kind() == Kind.CONFIGURATION) {
        throw new ModelException.Configuration(e.getMessage());
      }
      throw e;
    }
  }

  private void delay(CallFailure failure, Execution<ChatReply> attempts, long millisLeft)
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
        .log("the language model did not answer");
    sleeper.sleep(millis);
  }

  /** Throws an outage unless a probe goes through. */
  private void checkAlive(CallFailure failure, ChatRequest request, int attempts, long millis)
      throws ModelException, InterruptedException {
    if (failure.kind() == Kind.THROTTLED || probe(request.prompt()).isPresent()) {
      throw outage(
          "%s; gave up after %d attempts in %d s (retrySeconds)"
              .formatted(failure.getMessage(), attempts, millis / 1000),
          failure);
    }
  }

  /** The server may have recovered just before the probe: retries once. */
  private ChatReply sendOnceMore(String body)
      throws CallFailure, ModelException, InterruptedException {
    try {
      return attempt(body);
    } catch (CallFailure e) {
      if (e.kind() == Kind.THROTTLED) {
        throw outage(e.getMessage(), e);
      }
      throw e;
    }
  }

  /** Returns the failure of a refused request if the server accepts another request. */
  private CallFailure refused(CallFailure failure, ChatRequest request)
      throws ModelException, InterruptedException {
    Optional<CallFailure> probe = probe(request.prompt());
    if (probe.isEmpty()) {
      return failure;
    }
    CallFailure other = probe.get();
    if (other.kind() == Kind.TRANSIENT || other.kind() == Kind.THROTTLED) {
      throw outage(other.getMessage(), other);
    }
    throw new ModelException.Configuration(
        ("the language model at %s accepts no request: %s; are llmUrl and llmModel right, is"
                + " llmTokensPerCall=%d within the model's context, and does the server support"
                + " llmResponseFormat=%s?")
            .formatted(
                endpoint.url(),
                failure.getMessage(),
                request.prompt().tokensPerCall(),
                endpoint.format().name().toLowerCase(Locale.ROOT)));
  }

  private ModelException.Outage outage(String reason, CallFailure cause) {
    return new ModelException.Outage(
        "the language model at %s did not answer: %s".formatted(endpoint.url(), reason), cause);
  }

  /** Sends a request of a few words; empty if it was answered. */
  private Optional<CallFailure> probe(Prompt prompt) throws InterruptedException {
    ChatRequest probe = new ChatRequest(prompt, Map.of(Prompt.id(prompt.key(PROBE)), PROBE), null);
    try {
      rateLimiter.acquire();
      client.send(probe.body(form));
      return Optional.empty();
    } catch (CallFailure e) {
      return Optional.of(e);
    }
  }
}
