package org.irisgraph.plan;

import java.io.Serializable;
import java.util.Objects;
import org.irisgraph.endpoint.Endpoint;
import org.irisgraph.endpoint.Service;
import org.irisgraph.extract.llm.AnswerExtractor;
import org.irisgraph.extract.llm.ModelSettings;
import org.irisgraph.jdbc.PasswordReference;
import org.irisgraph.llmcache.CompletionCacheTables;
import org.irisgraph.options.IndexingOptions;
import org.jspecify.annotations.Nullable;

/**
 * How a run asks a language model.
 *
 * @param key where its key is found, never the key
 * @param tables where its answers are kept
 */
public record ModelPlan(Endpoint endpoint, ApiKeyReference key, CompletionCacheTables tables)
    implements Serializable {

  /** Whether the language model is among the extractors. */
  public static boolean isAsked(IndexingOptions options) {
    return options.getExtractors().contains(AnswerExtractor.NAME);
  }

  public static ModelPlan of(IndexingOptions options) {
    return new ModelPlan(
        new Endpoint(
            Service.LANGUAGE_MODEL,
            Objects.requireNonNull(options.getLlmUrl(), "llmUrl"),
            options.getLlmConcurrency(),
            options.getLlmRequestsPerMinute(),
            options.getLlmTimeoutSeconds(),
            options.getRetrySeconds()),
        new ApiKeyReference(PasswordReference.of(options.getLlmApiKeyFrom())),
        new CompletionCacheTables(options.getLedgerSchema()));
  }

  /** What the model is asked for; null if it is not asked. */
  static @Nullable ModelSettings settings(IndexingOptions options) {
    if (!isAsked(options)) {
      return null;
    }
    return new ModelSettings(
        Objects.requireNonNull(options.getLlmModel(), "llmModel"),
        Objects.requireNonNullElse(options.getLlmPrompt(), ""),
        options.getLlmTypes(),
        options.getLlmRelationTypes(),
        options.getLlmTokensPerCall(),
        Objects.requireNonNullElse(options.getLlmExtraBody(), ""));
  }

  /** What tokens cost by the prices in the options; null if they have none. */
  public static @Nullable Double cost(
      IndexingOptions options, long promptTokens, long completionTokens) {
    if (options.getLlmInputPrice() == null && options.getLlmOutputPrice() == null) {
      return null;
    }
    double input = Objects.requireNonNullElse(options.getLlmInputPrice(), 0.0);
    double output = Objects.requireNonNullElse(options.getLlmOutputPrice(), 0.0);
    return (promptTokens * input + completionTokens * output) / 1e6;
  }
}
