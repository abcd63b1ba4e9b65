package org.irisgraph.run;

import org.irisgraph.report.FailedRunException;
import org.irisgraph.report.Progress;
import org.irisgraph.report.Summary;

/** A run with progress that can be stopped. */
public interface Job {

  /**
   * Runs to the end and says what was done.
   *
   * @throws FailedRunException if it stopped before its end but can say how far it came
   * @throws Exception if it failed before anything was done
   */
  Summary run() throws Exception;

  /**
   * How far it has come. Called by another thread while {@link #run} runs, about once a second, and
   * before it has begun; may fail and may be slow, which only makes it be asked less often.
   */
  Progress progress() throws Exception;

  /**
   * Asks it to end early, between two batches: {@link #run} then throws a {@link
   * FailedRunException} with what was done. Called by another thread, and returns at once.
   */
  void stop();
}
