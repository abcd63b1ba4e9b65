package org.irisgraph;

import java.time.Duration;
import java.util.Locale;
import org.irisgraph.pipeline.Progress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Progress for files and other programs: a line of the log every few seconds. */
final class LoggedProgress implements ProgressDisplay {

  private static final Logger LOGGER = LoggerFactory.getLogger(LoggedProgress.class);
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  @Override
  public Duration interval() {
    return INTERVAL;
  }

  @Override
  public void show(Progress progress, double perSecond) {
    LOGGER
        .atInfo()
        .addKeyValue("read", progress.read())
        .addKeyValue("indexed", progress.indexed())
        .addKeyValue("unchanged", progress.unchanged())
        .addKeyValue("rejected", progress.rejected())
        .addKeyValue("documentsPerSecond", String.format(Locale.ROOT, "%.1f", perSecond))
        .log("Progress");
  }

  @Override
  public void close() {
    // Nothing is held: each line stands for itself.
  }
}
