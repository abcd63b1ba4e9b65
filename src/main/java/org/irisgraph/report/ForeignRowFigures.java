package org.irisgraph.report;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;

/**
 * The entities and relationships of other tools; see the option {@code foreignRows}.
 *
 * @param kept how many there are for the documents that the run has written; null if they were not
 *     counted
 * @param replaced how many were deleted; null if the workers' metrics are not known
 * @param held how many of our rows stay though their document no longer has them, because kept ones
 *     refer to them; null if the workers' metrics are not known
 */
@JsonPropertyOrder({"kept", "replaced", "held"})
public record ForeignRowFigures(@Nullable Long kept, @Nullable Long replaced, @Nullable Long held) {

  /** For runs that do not count them. */
  public static final ForeignRowFigures UNKNOWN = new ForeignRowFigures(null, null, null);
}
