package org.irisgraph.report;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;

/**
 * Calls of the database; null if the workers' metrics are not known.
 *
 * @param executeBatch calls of executeBatch
 * @param commit calls of commit
 */
@JsonPropertyOrder({"executeBatch", "commit"})
public record StatementFigures(@Nullable Long executeBatch, @Nullable Long commit) {

  /** For runs whose workers report no metrics. */
  public static final StatementFigures UNKNOWN = new StatementFigures(null, null);
}
