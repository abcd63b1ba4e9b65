package org.irisgraph.iris.spec;

import java.io.Serializable;
import java.util.Optional;
import org.irisgraph.jdbc.Row;

/** Checks a row before it is sent to the database. */
@FunctionalInterface
public interface RowRule extends Serializable {

  /** Finds what is wrong with a row, if anything. */
  Optional<Violation> check(Row row);

  /**
   * A violation of the rule.
   *
   * @param code a short name for scripts, in capitals
   * @param message a sentence for people
   */
  record Violation(String code, String message) {}
}
