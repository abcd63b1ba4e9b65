package org.irisgraph.cli;

import java.io.Console;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.irisgraph.report.Progress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a run how far it has come, and shows it. Asking must never harm the run: a question that
 * fails is let go, and one that takes long is asked less often.
 */
final class ProgressReporter implements AutoCloseable {

  /** Asking takes at most this part of the time. */
  private static final int REST_AFTER_POLL = 20;

  private static final int SAMPLES = 10;
  private static final Duration LONGEST_FAREWELL = Duration.ofSeconds(1);
  private static final Logger LOGGER = LoggerFactory.getLogger(ProgressReporter.class);

  private final Callable<Progress> source;
  private final ProgressDisplay display;
  private final LongSupplier nanoTime;
  private final Deque<Sample> samples = new ArrayDeque<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private boolean hasFailed;
  private Thread thread;

  private record Sample(long nanos, long read) {}

  ProgressReporter(Callable<Progress> source, ProgressDisplay display, LongSupplier nanoTime) {
    this.source = source;
    this.display = display;
    this.nanoTime = nanoTime;
    samples.add(new Sample(nanoTime.getAsLong(), 0));
  }

  /**
   * A reporter for this terminal, or for the log where there is none.
   *
   * @param isEndless whether the run waits for work once it has done what there is
   */
  static ProgressReporter of(Callable<Progress> source, boolean isEndless) {
    ProgressDisplay display =
        hasTerminal() ? new TerminalProgress(isEndless) : new LoggedProgress(isEndless);
    return new ProgressReporter(source, display, System::nanoTime);
  }

  /** Starts to ask in a thread of its own, until it is closed. */
  void start() {
    thread = new Thread(this::pollUntilClosed, "progress");
    thread.setDaemon(true);
    thread.start();
  }

  /** Asks once, shows the answer, and says how long to wait before asking again. */
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
    } catch (Exception e) {
      if (!hasFailed) {
        hasFailed = true;
        LOGGER.debug("Progress is not known", e);
      }
    }
    Duration rest = Duration.ofNanos(nanoTime.getAsLong() - before).multipliedBy(REST_AFTER_POLL);
    return rest.compareTo(display.interval()) > 0 ? rest : display.interval();
  }

  /**
   * Stops asking. A question that is still open is waited for a moment only, and never interrupted:
   * an interrupt in the middle of a read would close the files of an embedded database.
   */
  @Override
  public void close() {
    closed.countDown();
    try {
      if (thread != null) {
        thread.join(LONGEST_FAREWELL.toMillis());
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

  /** From JDK 22 on there is a console without a terminal too, which knows that it has none. */
  @SuppressWarnings("SystemConsoleNull") // Both cases are looked at.
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
