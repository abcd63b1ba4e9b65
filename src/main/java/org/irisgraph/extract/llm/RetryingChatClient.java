package org.irisgraph.extract.llm;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.irisgraph.extract.llm.CallFailure.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks until there is an answer, with exponential back-off from half a second to 30 seconds, each
 * delay varied by half, and no sooner than the server says; until the time for retries is spent.
 *
 * <p>Then <b>a failure is the documents' fault if and only if another request goes through</b>: a
 * server that answers a request of a few words lives, and what it does not answer even then is to
 * blame. If it does not, it is an outage or a wrong setting, and no document is to blame.
 */
final class RetryingChatClient {

  private static final Logger LOG = LoggerFactory.getLogger(RetryingChatClient.class);
  private static final long FIRST_DELAY_MILLIS = 500;
  private static final long LONGEST_DELAY_MILLIS = 30_000;
  private static final int MOST_DOUBLINGS = 6;
  private static final String PROBE = "Aspirin is given against pain.";

  private final ChatClient client;
  private final Endpoint endpoint;
  private final RateLimiter pace;
  private final Sleeper waiting;
  private final Random random = new Random();

  RetryingChatClient(ChatClient client, Endpoint endpoint, RateLimiter pace, Sleeper waiting) {
    this.client = client;
    this.endpoint = endpoint;
    this.pace = pace;
    this.waiting = waiting;
  }

  /**
   * The answer to a request.
   *
   * @throws CallFailure if it is the fault of the request's documents
   * @throws ModelException if it is not
   */
  ChatReply send(ChatRequest request) throws CallFailure, ModelException, InterruptedException {
    String body = request.body(endpoint.format());
    long failingSince = 0;
    for (int attempt = 1; ; attempt++) {
      try {
        pace.await();
        return client.send(body);
      } catch (CallFailure e) {
        // Not since the beginning: a request may have waited long for its turn.
        failingSince = attempt == 1 ? waiting.nanoTime() : failingSince;
        switch (e.kind()) {
          case CONFIGURATION -> throw new ModelException.Configuration(e.getMessage());
          case TOO_LONG, REFUSED -> {
            // A wrong response is asked for once more, as a wrong answer is.
            if (attempt > 1 || !e.code().equals(ChatReply.MALFORMED)) {
              throw refused(e, request);
            }
          }
          case TRANSIENT, THROTTLED -> {
            long left =
                TimeUnit.SECONDS.toMillis(endpoint.retrySeconds()) - millisSince(failingSince);
            if (left <= 0) {
              checkAlive(e, request, attempt, millisSince(failingSince));
              return sendOnceMore(body);
            }
            delay(e, attempt, left);
          }
        }
      }
    }
  }

  private void delay(CallFailure failure, int attempt, long left) throws InterruptedException {
    long backOff =
        Math.min(LONGEST_DELAY_MILLIS, FIRST_DELAY_MILLIS << Math.min(attempt - 1, MOST_DOUBLINGS));
    long varied = Math.round(backOff * (0.5 + random.nextDouble()));
    long millis = Math.min(left, Math.max(varied, failure.retryAfterMillis()));
    if (failure.retryAfterMillis() > 0) {
      pace.pause(Math.min(left, failure.retryAfterMillis()));
    }
    LOG.atWarn()
        .addKeyValue("attempt", attempt)
        .addKeyValue("error", failure.getMessage())
        .addKeyValue("againInMillis", millis)
        .log("the language model did not answer");
    waiting.sleep(millis);
  }

  /** Makes sure that another request goes through. */
  private void checkAlive(CallFailure failure, ChatRequest request, int attempts, long millis)
      throws ModelException, InterruptedException {
    if (failure.kind() == Kind.THROTTLED || probe(request.prompt()).isPresent()) {
      throw outage(
          "%s; gave up after %d attempts in %d s (retrySeconds)"
              .formatted(failure.getMessage(), attempts, millis / 1000),
          failure);
    }
  }

  /** It may be since now only that the server answers. */
  private ChatReply sendOnceMore(String body)
      throws CallFailure, ModelException, InterruptedException {
    try {
      pace.await();
      return client.send(body);
    } catch (CallFailure e) {
      if (e.kind() == Kind.CONFIGURATION) {
        throw new ModelException.Configuration(e.getMessage());
      }
      if (e.kind() == Kind.THROTTLED) {
        throw outage(e.getMessage(), e);
      }
      throw e;
    }
  }

  /** The failure of a request that the server does not take, if it takes another. */
  private CallFailure refused(CallFailure failure, ChatRequest request)
      throws ModelException, InterruptedException {
    Optional<CallFailure> other = probe(request.prompt());
    if (other.isEmpty()) {
      return failure;
    }
    if (other.get().kind() == Kind.TRANSIENT || other.get().kind() == Kind.THROTTLED) {
      throw outage(other.get().getMessage(), other.get());
    }
    throw new ModelException.Configuration(
        ("the language model at %s takes no request of ours: %s; are llmUrl and llmModel right, is"
                + " llmTokensPerCall=%d no more than the model takes, and does the server know"
                + " llmResponseFormat=%s?")
            .formatted(
                endpoint.url(),
                failure.getMessage(),
                request.prompt().tokensPerCall(),
                endpoint.format().name().toLowerCase(Locale.ROOT)));
  }

  private ModelException.Outage outage(String why, CallFailure cause) {
    return new ModelException.Outage(
        "the language model at %s gave no answer: %s".formatted(endpoint.url(), why), cause);
  }

  /** Sends a request of a few words, which may be answered as long; empty if it was. */
  private Optional<CallFailure> probe(Prompt prompt) throws InterruptedException {
    ChatRequest probe = new ChatRequest(prompt, Map.of(Prompt.id(prompt.key(PROBE)), PROBE), null);
    try {
      pace.await();
      client.send(probe.body(endpoint.format()));
      return Optional.empty();
    } catch (CallFailure e) {
      return Optional.of(e);
    }
  }

  private long millisSince(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(waiting.nanoTime() - nanos);
  }
}
