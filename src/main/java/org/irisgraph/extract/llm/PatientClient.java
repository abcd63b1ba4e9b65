package org.irisgraph.extract.llm;

import java.util.Locale;
import java.util.Map;
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
 * server that answers a request of a few words lives. If it does not, it is an outage, and no
 * document is to blame.
 */
final class PatientClient {

  private static final Logger LOG = LoggerFactory.getLogger(PatientClient.class);
  private static final long FIRST_DELAY_MILLIS = 500;
  private static final long LONGEST_DELAY_MILLIS = 30_000;
  private static final int MOST_DOUBLINGS = 6;
  private static final String PROBE = "Aspirin is given against pain.";

  private final ChatClient client;
  private final Endpoint endpoint;
  private final RequestPace pace;
  private final Waiting waiting;
  private final Random random = new Random();

  PatientClient(ChatClient client, Endpoint endpoint, RequestPace pace, Waiting waiting) {
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
          case TOO_LONG -> throw e;
          case REFUSED -> {
            // A wrong response is asked for once more, as a wrong answer is.
            if (attempt > 1 || !e.code().equals(ChatReply.MALFORMED)) {
              throw refused(e, request);
            }
          }
          case TRANSIENT, THROTTLED -> {
            long left =
                TimeUnit.SECONDS.toMillis(endpoint.retrySeconds()) - millisSince(failingSince);
            if (left <= 0) {
              throw blamed(e, request, attempt, millisSince(failingSince));
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

  /** The failure, if another request goes through. */
  private CallFailure blamed(CallFailure failure, ChatRequest request, int attempts, long millis)
      throws ModelException, InterruptedException {
    if (failure.kind() == Kind.THROTTLED || !answersProbe(request.prompt())) {
      throw new ModelException.Outage(
          "the language model at %s gave no answer; gave up after %d attempts in %d s (retrySeconds): %s"
              .formatted(endpoint.url(), attempts, millis / 1000, failure.getMessage()),
          failure);
    }
    return failure;
  }

  /** The same of a request that the server does not take. */
  private CallFailure refused(CallFailure failure, ChatRequest request)
      throws ModelException, InterruptedException {
    if (!answersProbe(request.prompt())) {
      throw new ModelException.Configuration(
          ("the language model at %s takes no request of ours: %s; are llmUrl and llmModel right, and"
                  + " does the server know llmResponseFormat=%s?")
              .formatted(
                  endpoint.url(),
                  failure.getMessage(),
                  endpoint.format().name().toLowerCase(Locale.ROOT)));
    }
    return failure;
  }

  private boolean answersProbe(Prompt prompt) throws InterruptedException {
    ChatRequest probe = new ChatRequest(prompt, Map.of(Prompt.id(prompt.key(PROBE)), PROBE), null);
    try {
      pace.await();
      client.send(probe.body(endpoint.format()));
      return true;
    } catch (CallFailure e) {
      return false;
    }
  }

  private long millisSince(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(waiting.nanoTime() - nanos);
  }
}
