package org.irisgraph.options;

import java.util.List;
import java.util.Optional;

/** Thrown if the command or its settings are wrong, before anything is done. */
public final class UsageException extends RuntimeException {

  private final List<String> problems;

  public UsageException(String problem) {
    this(List.of(problem));
  }

  /**
   * Reports several problems at once.
   *
   * @param problems everything that was found, one line each
   */
  public UsageException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** All problems, one line each, at least one. */
  public List<String> problems() {
    return problems;
  }

  /** Throws a problem as wrong usage, if there is one. */
  public static void throwIf(Optional<String> problem) {
    if (problem.isPresent()) {
      throw new UsageException(problem.get());
    }
  }
}
