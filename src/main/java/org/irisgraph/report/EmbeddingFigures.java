package org.irisgraph.report;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.sql.Connection;
import java.sql.SQLException;
import org.irisgraph.llmcache.CompletionCacheTables;
import org.irisgraph.llmcache.ModelUsage;
import org.irisgraph.options.IndexingOptions;
import org.irisgraph.plan.EmbeddingPlan;
import org.jspecify.annotations.Nullable;

/**
 * A run's use of an embedding model behind an endpoint, from the database; vectors that an earlier
 * run paid for are not included.
 *
 * @param calls that gave vectors
 * @param tokens that the model read
 * @param cost of these tokens by the price in the options; null if there is none
 * @param vectors that were computed
 */
@JsonPropertyOrder({"calls", "tokens", "cost", "vectors"})
public record EmbeddingFigures(long calls, long tokens, @Nullable Double cost, long vectors) {

  /** The figures of a run; null if it uses no such model. */
  public static @Nullable EmbeddingFigures of(
      Connection connection, IndexingOptions options, String runId) throws SQLException {
    if (!EmbeddingPlan.isAsked(options)) {
      return null;
    }
    ModelUsage use =
        ModelUsage.of(
            connection,
            new CompletionCacheTables(options.getLedgerSchema()),
            String.valueOf(options.getEmbeddingModel()),
            runId);
    return new EmbeddingFigures(
        use.calls(),
        use.promptTokens(),
        LanguageModelFigures.rounded(EmbeddingPlan.cost(options, use.promptTokens())),
        use.answers());
  }
}
