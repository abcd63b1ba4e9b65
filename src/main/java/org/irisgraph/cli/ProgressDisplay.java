package org.irisgraph.cli;

import java.time.Duration;
import org.irisgraph.report.Progress;

/** Where progress is shown. */
interface ProgressDisplay extends AutoCloseable {

  /** How often it wants to be shown something new. */
  Duration interval();

  /**
   * Shows how far the run has come.
   *
   * @param perSecond documents read per second of late
   */
  void show(Progress progress, double perSecond);

  /** Leaves the terminal as it was found. */
  @Override
  void close();
}
