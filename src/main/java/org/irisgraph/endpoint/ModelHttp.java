package org.irisgraph.endpoint;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.irisgraph.base.ErrorText;
import org.irisgraph.endpoint.CallFailure.Kind;

/** Sends requests over HTTP and classifies failures. Safe for several threads. */
final class ModelHttp {

  /**
   * Shorter keys are not removed from answers: local servers accept any word as a key, which may
   * also occur in documents.
   */
  private static final int SHORTEST_SECRET = 16;

  /** Not found, method not allowed, not implemented. */
  private static final Set<Integer> NO_SUCH_PAGE = Set.of(404, 405, 501);

  private static final int CONNECT_SECONDS = 10;
  private static final Pattern TOO_LONG =
      Pattern.compile(
          "context.?length|context.?window|maximum context|context size|too long|too many"
              + " tokens|token limit|exceeds? the (model'?s )?max",
          Pattern.CASE_INSENSITIVE);

  /**
   * What llama.cpp answers, with HTTP 500, to a text above its physical batch (its issue 12295).
   */
  private static final Pattern TOO_LARGE =
      Pattern.compile("too large to process", Pattern.CASE_INSENSITIVE);

  private static final Pattern FILTERED =
      Pattern.compile(
          "content.?filter|content.?policy|content management", Pattern.CASE_INSENSITIVE);

  private final Endpoint endpoint;
  private final ApiKey apiKey;
  private final Set<String> optionalFields;
  private final HttpClient http;

  /**
   * @param apiKey resolved anew for each request
   * @param optionalFields the fields that requests can do without
   */
  ModelHttp(Endpoint endpoint, ApiKey apiKey, Set<String> optionalFields) {
    this(endpoint, apiKey, optionalFields, System.getenv());
  }

  /** With the variables of another environment. */
  ModelHttp(
      Endpoint endpoint,
      ApiKey apiKey,
      Set<String> optionalFields,
      Map<String, String> environment) {
    this.endpoint = endpoint;
    this.apiKey = apiKey;
    this.optionalFields = optionalFields;
    this.http =
        new EnvironmentProxy(environment)
            .configure(HttpClient.newBuilder())
            // Some servers fail on the offer to upgrade to HTTP/2.
            .version(HttpClient.Version.HTTP_1_1)
            // Redirects would leak the key.
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(
                Duration.ofSeconds(Math.min(CONNECT_SECONDS, endpoint.timeoutSeconds())))
            .build();
  }

  /** Sends the JSON body of a request, and returns that of the response. */
  String send(String body) throws CallFailure, InterruptedException {
    String key = key();
    return body(
        exchange(
            request(endpoint.requests(), key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build()),
        key);
  }

  /** Asks for the list of models, which costs nothing; empty if the server has no such list. */
  String models() throws CallFailure, InterruptedException {
    String key = key();
    HttpResponse<String> response = exchange(request(endpoint.models(), key).GET().build());
    return NO_SUCH_PAGE.contains(response.statusCode()) ? "" : body(response, key);
  }

  private HttpRequest.Builder request(URI uri, String key) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("Accept", "application/json");
    if (!key.isEmpty()) {
      if (endpoint.takesApiKeyHeader()) {
        request.header("api-key", key);
      } else {
        request.header("Authorization", "Bearer " + key);
      }
    }
    return request;
  }

  /** The body of a successful response. */
  private String body(HttpResponse<String> response, String key) throws CallFailure {
    if (response.statusCode() / 100 != 2) {
      throw failure(response, withoutKey(response.body(), key));
    }
    return key.length() < SHORTEST_SECRET ? response.body() : withoutKey(response.body(), key);
  }

  /** Some servers echo the key; responses may be logged or stored. */
  private String withoutKey(String body, String key) {
    return key.isEmpty() ? body : body.replace(key, "[%s]".formatted(option("ApiKeyFrom")));
  }

  private String key() throws CallFailure {
    String key;
    try {
      key = apiKey.resolve().strip();
    } catch (IllegalStateException e) {
      throw configuration(option("ApiKeyFrom") + ": " + e.getMessage());
    }
    if (!key.chars().allMatch(character -> character > ' ' && character < 127)) {
      throw configuration(
          option("ApiKeyFrom")
              + ": the key contains a character that is not allowed, such as a line break");
    }
    return key;
  }

  /** The timeout covers the whole exchange, up to the last byte of the body. */
  private HttpResponse<String> exchange(HttpRequest request)
      throws CallFailure, InterruptedException {
    CompletableFuture<HttpResponse<String>> response =
        http.sendAsync(request, info -> new BoundedBody(endpoint.service().maxBytes()));
    try {
      return response.get(endpoint.timeoutSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new CallFailure(
          Kind.TRANSIENT,
          code("TIMEOUT"),
          "no complete answer within %d s (%s)"
              .formatted(endpoint.timeoutSeconds(), option("TimeoutSeconds")),
          0);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof BoundedBody.TooLong tooLong) {
        throw new CallFailure(Kind.REFUSED, code(CallFailure.MALFORMED), ErrorText.of(tooLong), 0);
      }
      if (e.getCause() instanceof IOException failure) {
        throw new CallFailure(
            Kind.TRANSIENT, code(CallFailure.UNREACHABLE), "no answer: " + reason(failure), 0);
      }
      throw new IllegalStateException("the request failed", e.getCause());
    } finally {
      // Closes the connection after a timeout or an interruption.
      response.cancel(true);
    }
  }

  /** Java's exceptions of connecting may have no message. */
  private static String reason(IOException failure) {
    if (failure.getCause() instanceof UnresolvedAddressException) {
      return "unknown host";
    }
    return failure instanceof ConnectException && failure.getMessage() == null
        ? "cannot connect"
        : ErrorText.of(failure);
  }

  private CallFailure failure(HttpResponse<String> response, String body) {
    int status = response.statusCode();
    String error = "HTTP %d%s".formatted(status, ErrorBody.suffix(body));
    if (status == 413 || TOO_LARGE.matcher(body).find()) {
      return new CallFailure(Kind.TOO_LONG, code("TOO_LONG"), error, 0);
    }
    return switch (status) {
      case 401 -> configuration(error + keyAdvice());
      // Some gateways also answer 403 to a text that they filter.
      case 403 -> new CallFailure(Kind.REFUSED, code(CallFailure.REFUSED), error + keyAdvice(), 0);
      case 404 ->
          configuration(
              "%s; are %s and %s right?".formatted(error, option("Url"), option("Model")));
      case 400, 422 -> refusal(error, body);
      case 429, 503 ->
          new CallFailure(
              Kind.THROTTLED, code("HTTP_" + status), error, retryAfterMillis(response));
      case 408, 409, 425 ->
          new CallFailure(
              Kind.TRANSIENT, code("HTTP_" + status), error, retryAfterMillis(response));
      default ->
          status >= 500
              ? new CallFailure(
                  Kind.TRANSIENT, code("HTTP_" + status), error, retryAfterMillis(response))
              : status / 100 == 4
                  ? new CallFailure(Kind.REFUSED, code("HTTP_" + status), error, 0)
                  : configuration(error);
    };
  }

  private CallFailure refusal(String error, String body) {
    if (TOO_LONG.matcher(body).find()) {
      return new CallFailure(Kind.TOO_LONG, code("TOO_LONG"), error, 0);
    }
    String code = FILTERED.matcher(body).find() ? code(CallFailure.REFUSED) : code("BAD_REQUEST");
    CallFailure refusal = new CallFailure(Kind.REFUSED, code, error, 0);
    return new ErrorBody(body)
        .unsupportedField(optionalFields)
        .map(refusal::becauseOf)
        .orElse(refusal);
  }

  private CallFailure configuration(String message) {
    return new CallFailure(
        Kind.CONFIGURATION,
        code("CONFIGURATION"),
        "the %s at %s rejects the request: %s"
            .formatted(endpoint.service().label(), endpoint.url(), message),
        0);
  }

  private String keyAdvice() {
    return "; is %s the key of this endpoint, and may it use the model?"
        .formatted(option("ApiKeyFrom"));
  }

  private String option(String name) {
    return endpoint.service().option(name);
  }

  private String code(String name) {
    return endpoint.service().code(name);
  }

  private static long retryAfterMillis(HttpResponse<String> response) {
    return response
        .headers()
        .firstValue("Retry-After")
        .map(value -> RetryAfter.millis(value, Instant.now()))
        .orElse(0L);
  }
}
