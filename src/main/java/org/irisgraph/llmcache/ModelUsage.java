package org.irisgraph.llmcache;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.irisgraph.base.PlainText;
import org.irisgraph.jdbc.KeyedRows;

/**
 * What a run has used of a model, summed up from the tables and so correct after a crash.
 *
 * @param calls answered calls, also those whose answers were unusable
 * @param promptTokens the tokens that the model read
 * @param completionTokens the tokens that it wrote
 * @param answers the usable answers, which are cached
 * @param invented entities of these answers that their texts do not contain
 * @param unusable entities and relationships of a wrong form or type
 * @param unlinked relationships without two entities of the text
 */
public record ModelUsage(
    long calls,
    long promptTokens,
    long completionTokens,
    long answers,
    long invented,
    long unusable,
    long unlinked) {

  /** The usage of a run. */
  public static ModelUsage of(
      Connection connection, CompletionCacheTables tables, String model, String runId)
      throws SQLException {
    long[] calls =
        sums(
            connection,
            "COUNT(*), SUM(prompt_tokens), SUM(completion_tokens)",
            tables.calls(),
            model,
            runId);
    long[] answers =
        sums(
            connection,
            "COUNT(*), SUM(invented), SUM(unusable), SUM(unlinked)",
            tables.answers(),
            model,
            runId);
    return new ModelUsage(
        calls[0], calls[1], calls[2], answers[0], answers[1], answers[2], answers[3]);
  }

  private static long[] sums(
      Connection connection, String figures, String table, String model, String runId)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT %s FROM %s WHERE run_id = ? AND model_name = ?".formatted(figures, table))) {
      KeyedRows.bind(statement, runId, PlainText.of(model, CompletionCacheTables.MAX_MODEL_NAME));
      try (ResultSet result = statement.executeQuery()) {
        result.next();
        long[] sums = new long[result.getMetaData().getColumnCount()];
        for (int i = 0; i < sums.length; i++) {
          // The sum of no rows is NULL, which is read as 0.
          sums[i] = result.getLong(i + 1);
        }
        return sums;
      }
    }
  }
}
