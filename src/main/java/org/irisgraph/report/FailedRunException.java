package org.irisgraph.report;

/** A run that stopped before its end; what was committed before stays committed. */
public final class FailedRunException extends RuntimeException {

  /** Not serializable, which an exception of the launching JVM need not be. */
  private final transient Summary summary;

  /**
   * A failure with what had been done by then.
   *
   * @param message one line for people
   * @param summary what had been done, its status {@link Summary.Status#FAILED}
   */
  public FailedRunException(String message, Throwable cause, Summary summary) {
    super(message, cause);
    this.summary = summary;
  }

  public Summary summary() {
    return summary;
  }
}
