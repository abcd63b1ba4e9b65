package org.irisgraph.plan;

import java.util.List;

/**
 * The models of names that a run has chosen because the settings leave them open.
 *
 * @param models as in the option {@code names}
 * @param reason why these, for the log and the summary
 */
public record ChosenNames(List<String> models, String reason) {

  public ChosenNames {
    models = List.copyOf(models);
  }

  /** A line for people. */
  @Override
  public String toString() {
    return "%s (%s); --names selects others".formatted(String.join(" and ", models), reason);
  }
}
