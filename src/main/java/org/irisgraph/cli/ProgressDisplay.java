package org.irisgraph.cli;

import java.time.Duration;
import org.irisgraph.report.Progress;

/** Shows progress, in a terminal or in the log. */
interface ProgressDisplay extends AutoCloseable {

  /** Time between two updates. */
  Duration interval();

  /**
   * Shows the current progress.
   *
   * @param perSecond documents per second that were stored, unchanged or rejected, recently
   */
  void show(Progress progress, double perSecond);

  /** Restores the terminal. */
  @Override
  void close();
}
