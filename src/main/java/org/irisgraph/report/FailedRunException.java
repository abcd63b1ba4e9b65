package org.irisgraph.report;

import org.jspecify.annotations.Nullable;

/** Thrown if a run stopped before its end; what was committed stays committed. */
public final class FailedRunException extends RuntimeException {

  /** Transient: an exception of the launcher's JVM is never serialised. */
  private final transient Summary summary;

  /**
   * Creates a failure with the summary of what was done.
   *
   * @param message one line for people
   * @param summary what had been done, its status {@link Summary.Status#FAILED} or {@link
   *     Summary.Status#STOPPED}
   */
  public FailedRunException(@Nullable String message, @Nullable Throwable cause, Summary summary) {
    super(message, cause);
    this.summary = summary;
  }

  public Summary summary() {
    return summary;
  }
}
