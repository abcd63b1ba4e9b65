package org.irisgraph.iris;

import java.io.Serializable;
import java.util.Optional;
import org.irisgraph.jdbc.Row;

/** A check of a row before the database sees it. */
@FunctionalInterface
public interface RowRule extends Serializable {

  /** What is wrong with the row, if anything. */
  Optional<Violation> check(Row row);

  /**
   * What is wrong with a row.
   *
   * @param code a short name for scripts, in capitals
   * @param message a sentence for people
   */
  record Violation(String code, String message) {}
}
