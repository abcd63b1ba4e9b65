package org.irisgraph.report;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/**
 * How rows were stored; each figure null if the workers' metrics are not known.
 *
 * @param committed transactions
 * @param retried batches that were tried again
 * @param isolated batches that were taken apart to find bad rows
 * @param fallbacks batches that were stored row by row, or by upserts instead of inserts
 */
@JsonPropertyOrder({"committed", "retried", "isolated", "fallbacks", "sizes"})
public record BatchFigures(
    @Nullable Long committed,
    @Nullable Long retried,
    @Nullable Long isolated,
    @Nullable Long fallbacks,
    @JsonUnwrapped Sizes sizes) {

  /** For runs whose workers report no metrics. */
  public static final BatchFigures UNKNOWN =
      new BatchFigures(null, null, null, null, Sizes.UNKNOWN);

  /** Rows and milliseconds of the committed batches; null without one. */
  @JsonPropertyOrder({"rowsMin", "rowsMax", "rowsMean", "millisMean", "millisMax"})
  public record Sizes(
      @Nullable Long rowsMin,
      @Nullable Long rowsMax,
      @Nullable Double rowsMean,
      @Nullable Double millisMean,
      @Nullable Long millisMax) {

    /** Without a batch, or without metrics. */
    public static final Sizes UNKNOWN = new Sizes(null, null, null, null, null);

    public Sizes {
      rowsMean = rowsMean == null ? null : Summary.rounded(rowsMean, 1);
      millisMean = millisMean == null ? null : Summary.rounded(millisMean, 1);
    }
  }
}
