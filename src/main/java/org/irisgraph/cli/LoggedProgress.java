package org.irisgraph.cli;

import java.time.Duration;
import java.util.Locale;
import org.irisgraph.report.Progress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Logs progress every few seconds. A watching run logs only changes, and once that it waits for
 * more.
 */
final class LoggedProgress implements ProgressDisplay {

  private static final Logger LOGGER = LoggerFactory.getLogger(LoggedProgress.class);
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final boolean isEndless;
  private @Nullable Progress last;
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
    LoggingEventBuilder line =
        LOGGER.atInfo().addKeyValue("phase", progress.phase().name().toLowerCase(Locale.ROOT));
    if (progress.waitsFor() != null) {
      line.addKeyValue("waitsFor", progress.waitsFor()).log("Progress");
      return;
    }
    if (progress.phase() != Progress.Phase.INDEXING) {
      // The ledger is not asked then: its last counts are too low.
      line.log("Progress");
      return;
    }
    line =
        line.addKeyValue("read", progress.read())
            .addKeyValue("extracted", progress.extracted())
            .addKeyValue("indexed", progress.indexed())
            .addKeyValue("unchanged", progress.unchanged())
            .addKeyValue("rejected", progress.rejected())
            .addKeyValue("documentsPerSecond", String.format(Locale.ROOT, "%.1f", perSecond));
    if (progress.share().isPresent()) {
      line = line.addKeyValue("totalAbout", progress.total());
      line = line.addKeyValue("percent", (int) (100 * progress.share().getAsDouble()));
    }
    if (progress.secondsLeft(perSecond).isPresent()) {
      line = line.addKeyValue("secondsLeft", progress.secondsLeft(perSecond).getAsLong());
    }
    line.log("Progress");
  }

  @Override
  public void close() {
    // Nothing to release.
  }
}
