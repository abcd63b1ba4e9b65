package org.irisgraph.options;

import java.util.List;

/** The command or its settings are wrong; nothing has been done yet. */
public final class UsageException extends RuntimeException {

  private final List<String> problems;

  public UsageException(String problem) {
    this(List.of(problem));
  }

  /**
   * With several problems at once.
   *
   * @param problems everything that was found, one line each
   */
  public UsageException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** Everything that was found, one line each, at least one. */
  public List<String> problems() {
    return problems;
  }
}
