package org.irisgraph.plan;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.irisgraph.extract.GraphExtractor;
import org.irisgraph.extract.llm.AnswerExtractor;
import org.irisgraph.extract.llm.Endpoint;
import org.irisgraph.extract.llm.ModelSettings;
import org.irisgraph.jdbc.PasswordReference;
import org.irisgraph.llmcache.CompletionCacheTables;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.options.UsageException;

/**
 * What the options mean for asking a language model.
 *
 * @param key where its key is found, never the key
 * @param tables where its answers are kept
 */
public record ModelPlan(Endpoint endpoint, ApiKeyReference key, CompletionCacheTables tables)
    implements Serializable {

  private static final Pattern ENTITY_TYPE = Pattern.compile("[A-Z][A-Z0-9_]{0,99}");
  private static final Pattern RELATION_TYPE = Pattern.compile("[a-z][a-z0-9_]{0,254}");

  /** The width of the column that has it. */
  private static final int LONGEST_MODEL_NAME = 255;

  /** Whether there is a language model among the extractors. */
  public static boolean isAsked(IndexingOptions options) {
    return options.getExtractors().contains(AnswerExtractor.NAME);
  }

  public static ModelPlan of(IndexingOptions options) {
    return new ModelPlan(
        new Endpoint(
            options.getLlmUrl(),
            options.getLlmResponseFormat(),
            options.getLlmConcurrency(),
            options.getLlmRequestsPerMinute(),
            options.getLlmTimeoutSeconds(),
            options.getRetrySeconds()),
        new ApiKeyReference(PasswordReference.of(options.getLlmApiKeyFrom())),
        new CompletionCacheTables(options.getLedgerSchema()));
  }

  /** What the model is asked for; null if none is. */
  static ModelSettings settings(IndexingOptions options) {
    if (!isAsked(options)) {
      return null;
    }
    List<String> problems = problems(options);
    if (!problems.isEmpty()) {
      throw new UsageException(problems);
    }
    return new ModelSettings(
        options.getLlmModel(),
        Objects.requireNonNullElse(options.getLlmPrompt(), ""),
        options.getLlmTypes(),
        options.getLlmRelationTypes(),
        options.getLlmTokensPerCall());
  }

  /** What is wrong with the options, one line each. */
  public static List<String> problems(IndexingOptions options) {
    List<String> problems = new ArrayList<>();
    if (!isAsked(options)) {
      if (options.isEstimateOnly()) {
        problems.add("estimateOnly is for extractors that have llm among them");
      }
      return problems;
    }
    if (options.getLlmUrl() == null) {
      problems.add("llmUrl is not set, but extractors asks for llm");
    } else {
      try {
        Endpoint.chatCompletions(options.getLlmUrl());
      } catch (IllegalArgumentException e) {
        // The URL is not repeated: a wrong one may have a key in it.
        problems.add(
            "llmUrl must be an address as in http://localhost:11434/v1, without user and query");
      }
    }
    String model = options.getLlmModel();
    if (model == null || model.isBlank() || model.length() > LONGEST_MODEL_NAME) {
      problems.add("llmModel must have 1 to %d characters".formatted(LONGEST_MODEL_NAME));
    }
    checkKey(options, problems);
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
    if (options.getLlmRelationTypes().contains(GraphExtractor.CO_OCCURS_WITH)) {
      problems.add(
          "llmRelationTypes must not have %s, which is counted and not asked for"
              .formatted(GraphExtractor.CO_OCCURS_WITH));
    }
    checkPrice("llmInputPrice", options.getLlmInputPrice(), problems);
    checkPrice("llmOutputPrice", options.getLlmOutputPrice(), problems);
    return problems;
  }

  private static void checkKey(IndexingOptions options, List<String> problems) {
    try {
      // Tried here and forgotten: the workers resolve it themselves.
      String key = PasswordReference.of(options.getLlmApiKeyFrom()).resolve();
      if (options.getLlmApiKeyFrom() != null && key.isBlank()) {
        problems.add("llmApiKeyFrom: the key is empty");
      }
    } catch (IllegalArgumentException e) {
      problems.add("llmApiKeyFrom must be env:NAME or file:PATH");
    } catch (IllegalStateException e) {
      problems.add("llmApiKeyFrom: " + e.getMessage().replace("password file", "file"));
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

  private static void checkPrice(String option, Double price, List<String> problems) {
    if (price != null && !(price >= 0 && price <= 1_000_000)) {
      problems.add("%s must be between 0 and 1000000".formatted(option));
    }
  }

  /** What tokens cost, as the options have the prices; null if they have none. */
  public static Double cost(IndexingOptions options, long promptTokens, long completionTokens) {
    if (options.getLlmInputPrice() == null && options.getLlmOutputPrice() == null) {
      return null;
    }
    double input = Objects.requireNonNullElse(options.getLlmInputPrice(), 0.0);
    double output = Objects.requireNonNullElse(options.getLlmOutputPrice(), 0.0);
    return (promptTokens * input + completionTokens * output) / 1e6;
  }
}
