package org.irisgraph.report;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.SQLException;
import org.irisgraph.llmcache.ModelUsage;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.plan.ModelPlan;
import org.jspecify.annotations.Nullable;

/**
 * A run's use of a language model, from the database; answers that an earlier run paid for are not
 * included.
 *
 * @param calls that were answered, in whatever way
 * @param promptTokens that the model read
 * @param completionTokens that it wrote
 * @param cost of these tokens by the prices in the options; null if there are none
 * @param answers for documents, or chunks of long ones, that could be used
 * @param invented mentions in these answers that are not in the text
 * @param unusable entities and relationships of a wrong form or type
 * @param unlinked relationships without two different entities of the text
 */
@JsonPropertyOrder({
  "calls",
  "promptTokens",
  "completionTokens",
  "cost",
  "answers",
  "invented",
  "unusable",
  "unlinked"
})
public record LanguageModelFigures(
    long calls,
    long promptTokens,
    long completionTokens,
    @Nullable Double cost,
    long answers,
    long invented,
    long unusable,
    long unlinked) {

  /** The figures of a run; null if it uses no model. */
  public static @Nullable LanguageModelFigures of(
      Connection connection, IndexingOptions options, String runId) throws SQLException {
    if (!ModelPlan.isAsked(options)) {
      return null;
    }
    ModelUsage use =
        ModelUsage.of(
            connection,
            ModelPlan.of(options).tables(),
            String.valueOf(options.getLlmModel()),
            runId);
    Double cost = ModelPlan.cost(options, use.promptTokens(), use.completionTokens());
    return new LanguageModelFigures(
        use.calls(),
        use.promptTokens(),
        use.completionTokens(),
        rounded(cost),
        use.answers(),
        use.invented(),
        use.unusable(),
        use.unlinked());
  }

  static @Nullable Double rounded(@Nullable Double cost) {
    return cost == null
        ? null
        : BigDecimal.valueOf(cost).setScale(6, RoundingMode.HALF_UP).doubleValue();
  }
}
