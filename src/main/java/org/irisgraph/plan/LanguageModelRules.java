package org.irisgraph.plan;

import java.util.List;
import java.util.regex.Pattern;
import org.irisgraph.extract.llm.Endpoint;
import org.irisgraph.extract.llm.Prompt;
import org.irisgraph.graph.Relationship;
import org.irisgraph.options.IndexingOptions;
import org.jspecify.annotations.Nullable;

/** Checks the options of the extractor {@code llm}, if it is used. */
final class LanguageModelRules {

  private static final Pattern ENTITY_TYPE = Pattern.compile("[A-Z][A-Z0-9_]{0,99}");
  private static final Pattern RELATION_TYPE = Pattern.compile("[a-z][a-z0-9_]{0,254}");

  /** The width of the column for it. */
  private static final int LONGEST_MODEL_NAME = 255;

  private static final int HIGHEST_PRICE = 1_000_000;

  private LanguageModelRules() {}

  static void check(IndexingOptions options, List<String> problems) {
    if (!ModelPlan.isAsked(options)) {
      if (options.isEstimateOnly()) {
        problems.add("estimateOnly is for extractors that have llm among them");
      }
      return;
    }
    checkUrl(options.getLlmUrl(), problems);
    String model = options.getLlmModel();
    if (model == null || model.isBlank() || model.length() > LONGEST_MODEL_NAME) {
      problems.add("llmModel must have 1 to %d characters".formatted(LONGEST_MODEL_NAME));
    }
    checkKey(options.getLlmApiKeyFrom(), problems);
    checkProxies(problems);
    checkExtraBody(options.getLlmExtraBody(), problems);
    checkTypes("llmTypes", options.getLlmTypes(), ENTITY_TYPE, "capitals, digits or _", problems);
    if (options.getLlmTypes().isEmpty()) {
      problems.add("llmTypes must name at least one type");
    }
    checkTypes(
        "llmRelationTypes",
        options.getLlmRelationTypes(),
        RELATION_TYPE,
        "small letters, digits or _",
        problems);
    if (options.getLlmRelationTypes().contains(Relationship.CO_OCCURS_WITH)) {
      problems.add(
          "llmRelationTypes must not have %s, which is counted, not asked for"
              .formatted(Relationship.CO_OCCURS_WITH));
    }
    checkPrice("llmInputPrice", options.getLlmInputPrice(), problems);
    checkPrice("llmOutputPrice", options.getLlmOutputPrice(), problems);
  }

  private static void checkUrl(@Nullable String url, List<String> problems) {
    if (url == null) {
      problems.add(
          "llmUrl is not set, but extractors has llm: give the address of the model's server");
      return;
    }
    try {
      Endpoint.chatCompletions(url);
    } catch (IllegalArgumentException e) {
      // The URL is not repeated: a wrong one may contain a key.
      problems.add(
          "llmUrl must be an address as in http://localhost:11434/v1, without user and query");
    }
  }

  private static void checkKey(@Nullable String reference, List<String> problems) {
    SecretRules.resolve("llmApiKeyFrom", reference, problems)
        .filter(key -> reference != null && key.isBlank())
        .ifPresent(key -> problems.add("llmApiKeyFrom: the key is empty"));
  }

  private static void checkProxies(List<String> problems) {
    try {
      Endpoint.checkProxies(System.getenv());
    } catch (IllegalArgumentException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
  }

  private static void checkExtraBody(@Nullable String json, List<String> problems) {
    try {
      Prompt.extraBody(json == null ? "" : json);
    } catch (IllegalArgumentException e) {
      problems.add(
          "llmExtraBody must be a JSON object with further fields of a request: " + e.getMessage());
    }
  }

  private static void checkTypes(
      String option, List<String> types, Pattern form, String characters, List<String> problems) {
    for (String type : types) {
      if (!form.matcher(type).matches()) {
        problems.add("%s must be of %s, not \"%s\"".formatted(option, characters, type));
      }
    }
  }

  private static void checkPrice(String option, @Nullable Double price, List<String> problems) {
    if (price != null && !(price >= 0 && price <= HIGHEST_PRICE)) {
      problems.add("%s must be between 0 and %d".formatted(option, HIGHEST_PRICE));
    }
  }
}
