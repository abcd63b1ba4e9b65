package org.irisgraph.endpoint;

import java.io.Serializable;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Address and limits of a model. Answers do not depend on them.
 *
 * @param service what it does
 * @param url base URL of the API, as in {@code http://localhost:11434/v1}
 * @param concurrency maximum number of simultaneous calls of this JVM, at least 1
 * @param requestsPerMinute maximum number of requests that this JVM starts in a minute; 0 for no
 *     limit
 * @param timeoutSeconds maximum duration of a request, up to the last byte of the response
 * @param retrySeconds how long transient failures are retried
 */
public record Endpoint(
    Service service,
    String url,
    int concurrency,
    int requestsPerMinute,
    int timeoutSeconds,
    int retrySeconds)
    implements Serializable {

  /** The only query that is taken: Azure's, which has no secret. */
  private static final Pattern API_VERSION = Pattern.compile("api-version=[A-Za-z0-9.-]+");

  private static final Pattern AZURE_HOST =
      Pattern.compile(".*\\.azure\\.(com|us|cn)", Pattern.CASE_INSENSITIVE);

  public Endpoint {
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(service, "service");
    if (concurrency < 1) {
      throw new IllegalArgumentException("concurrency must be at least 1");
    }
  }

  /**
   * The URL for requests.
   *
   * @throws IllegalArgumentException if the base URL is invalid, or has more than scheme, host and
   *     path
   */
  URI requests() {
    return requests(service, url);
  }

  /** The URL that lists the models, beside that for requests. */
  URI models() {
    return URI.create(requests().toString().replaceFirst(service.path(), "/models"));
  }

  /**
   * Whether the key is sent in the header {@code api-key}, as Azure demands, also behind a gateway
   * of one's own.
   */
  boolean takesApiKeyHeader() {
    URI uri = requests();
    return AZURE_HOST.matcher(uri.getHost()).matches()
        || uri.getPath().contains("/openai/deployments/");
  }

  /**
   * Checks the proxies that the environment names.
   *
   * @throws IllegalArgumentException if one is no address; the message has no secret
   */
  public static void checkProxies(Map<String, String> environment) {
    new EnvironmentProxy(environment).check();
  }

  /** See {@link #requests()}. */
  public static URI requests(Service service, String url) {
    int question = url.indexOf('?');
    String query = question < 0 ? "" : url.substring(question + 1);
    boolean isVersion = API_VERSION.matcher(query).matches();
    String base = (isVersion ? url.substring(0, question) : url).replaceFirst("/+$", "");
    URI uri = URI.create(base.endsWith(service.path()) ? base : base + service.path());
    boolean http =
        "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
    if (!http || uri.getHost() == null) {
      throw new IllegalArgumentException("it must be http://host/… or https://host/…");
    }
    // These parts may contain a secret, and options are logged.
    if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "it must have no user, fragment or query but api-version; set the key with "
              + service.option("ApiKeyFrom"));
    }
    return isVersion ? URI.create(uri + "?" + query) : uri;
  }
}
