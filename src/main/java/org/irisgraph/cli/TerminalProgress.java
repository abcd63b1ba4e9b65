package org.irisgraph.cli;

import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import org.irisgraph.report.Progress;

/**
 * Shows progress in one line of the terminal, on standard error, that is overwritten. The total is
 * unknown while documents are being discovered, so there is no bar.
 */
final class TerminalProgress implements ProgressDisplay {

  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final ProgressBar bar;

  TerminalProgress(boolean isEndless) {
    this(builder(isEndless));
  }

  TerminalProgress(boolean isEndless, ProgressBarConsumer consumer) {
    this(builder(isEndless).setConsumer(consumer));
  }

  private TerminalProgress(ProgressBarBuilder builder) {
    bar = builder.build();
  }

  private static ProgressBarBuilder builder(boolean isEndless) {
    return ProgressBar.builder()
        .setTaskName(isEndless ? "watching" : "indexing")
        .setInitialMax(-1)
        .setUpdateIntervalMillis((int) INTERVAL.toMillis())
        .setRenderer(
            (state, width) ->
                shortened(
                    "%s, %d s%s"
                        .formatted(
                            state.getTaskName(),
                            state.getElapsedAfterStart().toSeconds(),
                            state.getExtraMessage()),
                    width))
        .clearDisplayOnFinish();
  }

  @Override
  public Duration interval() {
    return INTERVAL;
  }

  @Override
  public void show(Progress progress, double perSecond) {
    String waitsFor = progress.waitsFor();
    bar.setExtraMessage(
        waitsFor != null
            ? ": waits for the database, " + waitsFor
            : String.format(
                Locale.ROOT,
                ": %,d read (%,.1f/s), %,d indexed, %,d unchanged, %,d rejected",
                progress.read(),
                perSecond,
                progress.indexed(),
                progress.unchanged(),
                progress.rejected()));
    bar.stepTo(progress.read());
    bar.refresh();
  }

  @Override
  public void close() {
    bar.close();
  }

  private static String shortened(String line, int width) {
    return line.length() <= width ? line : line.substring(0, Math.max(0, width));
  }
}
