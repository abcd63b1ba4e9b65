package org.irisgraph.plan;

import java.util.List;
import org.irisgraph.endpoint.Endpoint;
import org.irisgraph.endpoint.Service;
import org.jspecify.annotations.Nullable;

/**
 * Checks the options that all models behind endpoints have.
 *
 * @param service whose options
 */
record EndpointRules(Service service, List<String> problems) {

  /** The width of the column for it. */
  private static final int LONGEST_MODEL_NAME = 255;

  private static final int HIGHEST_PRICE = 1_000_000;

  /**
   * Checks the address.
   *
   * @param reason the setting that needs one
   */
  void checkUrl(@Nullable String url, String reason) {
    String option = service.option("Url");
    if (url == null) {
      problems.add(
          "%s is not set, but %s: give the address of the model's server"
              .formatted(option, reason));
      return;
    }
    try {
      Endpoint.requests(service, url);
    } catch (IllegalArgumentException e) {
      // The URL is not repeated: a wrong one may contain a key.
      problems.add(
          option + " must be an address as in http://localhost:11434/v1, without user and query");
    }
  }

  void checkModel(@Nullable String model) {
    if (model == null || model.isBlank() || model.length() > LONGEST_MODEL_NAME) {
      problems.add(
          "%s must have 1 to %d characters".formatted(service.option("Model"), LONGEST_MODEL_NAME));
    }
  }

  void checkKey(@Nullable String reference) {
    String option = service.option("ApiKeyFrom");
    SecretRules.resolve(option, reference, problems)
        .filter(key -> reference != null && key.isBlank())
        .ifPresent(key -> problems.add(option + ": the key is empty"));
  }

  void checkPrice(String name, @Nullable Double price) {
    if (price != null && !(price >= 0 && price <= HIGHEST_PRICE)) {
      problems.add("%s must be between 0 and %d".formatted(service.option(name), HIGHEST_PRICE));
    }
  }

  void checkProxies() {
    try {
      Endpoint.checkProxies(System.getenv());
    } catch (IllegalArgumentException e) {
      String problem = String.valueOf(e.getMessage());
      if (!problems.contains(problem)) {
        problems.add(problem);
      }
    }
  }
}
