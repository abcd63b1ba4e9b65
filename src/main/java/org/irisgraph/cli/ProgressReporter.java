package org.irisgraph.cli;

import java.io.Console;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.irisgraph.base.ErrorText;
import org.irisgraph.report.Progress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls a run for its progress and shows it. Polling must not harm the run: failures are ignored,
 * and slow polls are repeated less often.
 */
final class ProgressReporter implements AutoCloseable {

  /** The pause after a poll, as a multiple of the time that the poll took. */
  private static final int REST_AFTER_POLL = 20;

  private static final int SAMPLES = 10;
  private static final Duration MAX_CLOSE = Duration.ofSeconds(1);
  private static final Logger LOGGER = LoggerFactory.getLogger(ProgressReporter.class);

  private final Callable<Progress> source;
  private final ProgressDisplay display;
  private final LongSupplier nanoTime;
  private final Deque<Sample> samples = new ArrayDeque<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private boolean hasFailed;
  private @Nullable Thread thread;

  private record Sample(long nanos, long read) {}

  ProgressReporter(Callable<Progress> source, ProgressDisplay display, LongSupplier nanoTime) {
    this.source = source;
    this.display = display;
    this.nanoTime = nanoTime;
    samples.add(new Sample(nanoTime.getAsLong(), 0));
  }

  /**
   * A reporter that writes to the terminal, or to the log if there is none.
   *
   * @param isEndless whether the run waits for more input at the end
   */
  static ProgressReporter of(Callable<Progress> source, boolean isEndless) {
    ProgressDisplay display =
        hasTerminal() ? new TerminalProgress(isEndless) : new LoggedProgress(isEndless);
    return new ProgressReporter(source, display, System::nanoTime);
  }

  /** Starts polling in a daemon thread, until {@link #close}. */
  void start() {
    Thread polling = new Thread(this::pollUntilClosed, "progress");
    polling.setDaemon(true);
    polling.start();
    thread = polling;
  }

  /** Polls once, shows the progress, and returns the pause before the next poll. */
  Duration poll() {
    long before = nanoTime.getAsLong();
    try {
      Progress progress = source.call();
      long now = nanoTime.getAsLong();
      samples.addLast(new Sample(now, progress.read()));
      if (samples.size() > SAMPLES) {
        samples.removeFirst();
      }
      display.show(progress, perSecond());
      hasFailed = false;
    } catch (Exception e) {
      // The run itself goes on, and reports what stops it.
      if (!hasFailed) {
        hasFailed = true;
        LOGGER.warn("the progress is not known for now: {}", ErrorText.of(e));
        LOGGER.debug("the progress is not known", e);
      }
    }
    Duration rest = Duration.ofNanos(nanoTime.getAsLong() - before).multipliedBy(REST_AFTER_POLL);
    return rest.compareTo(display.interval()) > 0 ? rest : display.interval();
  }

  /**
   * Stops polling. Waits briefly for a poll in progress and never interrupts it: an interrupt
   * during a read would close the files of an embedded database.
   */
  @Override
  public void close() {
    closed.countDown();
    try {
      if (thread != null) {
        thread.join(MAX_CLOSE.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    display.close();
  }

  private void pollUntilClosed() {
    try {
      Duration pause = display.interval();
      while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        pause = poll();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private double perSecond() {
    Sample first = samples.getFirst();
    Sample last = samples.getLast();
    double seconds = (last.nanos() - first.nanos()) / 1e9;
    return seconds > 0 ? (last.read() - first.read()) / seconds : 0;
  }

  /**
   * From JDK 22 on, there is a console without a terminal too; {@code isTerminal} distinguishes
   * them.
   */
  @SuppressWarnings("SystemConsoleNull") // Before JDK 22, null means no terminal.
  private static boolean hasTerminal() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }
}
