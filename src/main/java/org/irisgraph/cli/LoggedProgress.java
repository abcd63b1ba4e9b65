package org.irisgraph.cli;

import java.time.Duration;
import java.util.Locale;
import org.irisgraph.report.Progress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Progress for files and other programs: a line of the log every few seconds, but of an endless run
 * only if there is news, and one that it is waiting.
 */
final class LoggedProgress implements ProgressDisplay {

  private static final Logger LOGGER = LoggerFactory.getLogger(LoggedProgress.class);
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final boolean isEndless;
  private Progress last;
  private boolean isWaiting;

  LoggedProgress(boolean isEndless) {
    this.isEndless = isEndless;
  }

  @Override
  public Duration interval() {
    return INTERVAL;
  }

  @Override
  public void show(Progress progress, double perSecond) {
    if (isEndless && progress.equals(last)) {
      if (!isWaiting) {
        isWaiting = true;
        LOGGER.info("Waiting for new and changed files");
      }
      return;
    }
    last = progress;
    isWaiting = false;
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
