package org.irisgraph.extract.llm;

import java.io.Serializable;
import java.net.URI;
import java.util.Objects;

/**
 * Where a language model answers, and how much may be asked of it. No answer depends on any of
 * this.
 *
 * @param url the base of the interface, as in {@code http://localhost:11434/v1}
 * @param format how the form of an answer is asked for
 * @param concurrency calls under way at once in this JVM, at least 1
 * @param requestsPerMinute requests that this JVM begins in a minute at most; 0 for no limit
 * @param timeoutSeconds how long a request may take, to the last byte of its answer
 * @param retrySeconds how long a server that fails is tried again
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
   * Where requests go.
   *
   * @throws IllegalArgumentException if the URL is none, or has more than scheme, host and path
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
    // What is not part of the address may be a secret, and options are shown.
    if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "it must have no user, query or fragment; the key is given as llmApiKeyFrom");
    }
    return uri;
  }
}
