package org.irisgraph.run;

import org.irisgraph.report.FailedRunException;
import org.irisgraph.report.Progress;
import org.irisgraph.report.Summary;

/** A run with progress that can be stopped. */
public interface Job {

  /**
   * Runs to the end and returns the summary.
   *
   * @throws FailedRunException if it stopped before its end, with the summary so far
   * @throws Exception if it failed before anything was done
   */
  Summary run() throws Exception;

  /**
   * The progress so far. Called about once a second by another thread, also before {@link #run};
   * may fail, and if slow is called less often.
   */
  Progress progress() throws Exception;

  /** The last known {@link #progress}, with what is known without the database; returns at once. */
  Progress current();

  /**
   * Requests an early end, between two batches: {@link #run} then throws a {@link
   * FailedRunException} with what was done. Called by another thread, and returns at once.
   */
  void stop();
}
