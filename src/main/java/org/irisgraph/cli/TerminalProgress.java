package org.irisgraph.cli;

import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import org.irisgraph.report.Progress;

/** Shows progress in one line of the terminal, on standard error, that is overwritten. */
final class TerminalProgress implements ProgressDisplay {

  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final boolean isEndless;
  private final ProgressBar bar;
  private volatile Progress progress = Progress.NONE;
  private volatile double perSecond;

  TerminalProgress(boolean isEndless) {
    this(isEndless, ProgressBar.builder());
  }

  TerminalProgress(boolean isEndless, ProgressBarConsumer consumer) {
    this(isEndless, ProgressBar.builder().setConsumer(consumer));
  }

  private TerminalProgress(boolean isEndless, ProgressBarBuilder builder) {
    this.isEndless = isEndless;
    this.bar =
        builder
            .setInitialMax(-1)
            .setUpdateIntervalMillis((int) INTERVAL.toMillis())
            // The clock goes on while no document is settled.
            .continuousUpdate()
            .setRenderer(
                (state, width) ->
                    ProgressLine.of(
                        name(), progress, perSecond, state.getElapsedAfterStart(), width))
            .clearDisplayOnFinish()
            .build();
  }

  private String name() {
    return isEndless && progress.phase() == Progress.Phase.INDEXING
        ? "watching"
        : progress.phase().text();
  }

  @Override
  public Duration interval() {
    return INTERVAL;
  }

  @Override
  public void show(Progress current, double documentsPerSecond) {
    progress = current;
    perSecond = documentsPerSecond;
    bar.refresh();
  }

  @Override
  public void close() {
    bar.close();
  }
}
