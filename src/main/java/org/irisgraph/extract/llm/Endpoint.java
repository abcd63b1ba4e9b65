package org.irisgraph.extract.llm;

import java.io.Serializable;
import java.net.URI;
import java.util.Objects;

/**
 * Address and limits of a language model. Answers do not depend on them.
 *
 * @param url base URL of the API, as in {@code http://localhost:11434/v1}
 * @param format how requests ask for JSON
 * @param concurrency maximum number of simultaneous calls of this JVM, at least 1
 * @param requestsPerMinute maximum number of requests that this JVM starts in a minute; 0 for no
 *     limit
 * @param timeoutSeconds maximum duration of a request, up to the last byte of the response
 * @param retrySeconds how long transient failures are retried
 */
public record Endpoint(
    String url,
    ResponseFormat format,
    int concurrency,
    int requestsPerMinute,
    int timeoutSeconds,
    int retrySeconds)
    implements Serializable {

  private static final String PATH = "/chat/completions";

  public Endpoint {
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(format, "format");
    if (concurrency < 1) {
      throw new IllegalArgumentException("concurrency must be at least 1");
    }
  }

  /**
   * The URL for chat requests.
   *
   * @throws IllegalArgumentException if the base URL is invalid, or has more than scheme, host and
   *     path
   */
  URI chatCompletions() {
    return chatCompletions(url);
  }

  /** See {@link #chatCompletions()}. */
  public static URI chatCompletions(String url) {
    String base = url.replaceFirst("/+$", "");
    URI uri = URI.create(base.endsWith(PATH) ? base : base + PATH);
    boolean http =
        "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
    if (!http || uri.getHost() == null) {
      throw new IllegalArgumentException("it must be http://host/… or https://host/…");
    }
    // These parts may contain a secret, and options are logged.
    if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "it must have no user, query or fragment; set the key with llmApiKeyFrom");
    }
    return uri;
  }
}
