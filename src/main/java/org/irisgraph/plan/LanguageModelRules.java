package org.irisgraph.plan;

import java.util.List;
import java.util.regex.Pattern;
import org.irisgraph.endpoint.Service;
import org.irisgraph.extract.llm.Prompt;
import org.irisgraph.graph.Relationship;
import org.irisgraph.options.IndexingOptions;
import org.jspecify.annotations.Nullable;

/** Checks the options of the extractor {@code llm}, if it is used. */
final class LanguageModelRules {

  private static final Pattern ENTITY_TYPE = Pattern.compile("[A-Z][A-Z0-9_]{0,99}");
  private static final Pattern RELATION_TYPE = Pattern.compile("[a-z][a-z0-9_]{0,254}");

  private LanguageModelRules() {}

  static void check(IndexingOptions options, List<String> problems) {
    if (!ModelPlan.isAsked(options)) {
      if (options.isEstimateOnly() && !EmbeddingPlan.isAsked(options)) {
        problems.add(
            "estimateOnly is for extractors that have llm among them, and for embeddings=endpoint");
      }
      return;
    }
    EndpointRules rules = new EndpointRules(Service.LANGUAGE_MODEL, problems);
    rules.checkUrl(options.getLlmUrl(), "extractors has llm");
    rules.checkModel(options.getLlmModel());
    rules.checkKey(options.getLlmApiKeyFrom());
    rules.checkProxies();
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
    rules.checkPrice("InputPrice", options.getLlmInputPrice());
    rules.checkPrice("OutputPrice", options.getLlmOutputPrice());
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
}
