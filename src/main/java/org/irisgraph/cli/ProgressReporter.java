package org.irisgraph.cli;

import java.io.Console;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.irisgraph.base.ErrorText;
import org.irisgraph.report.Progress;
import org.irisgraph.run.Job;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows the progress of a run. A thread of its own polls the database, so that slow answers do not
 * stop the display. A poll must not harm the run: a failure is only logged, and slow polls are
 * repeated less often.
 */
final class ProgressReporter implements AutoCloseable {

  /** The pause after a poll, as a multiple of the time that the poll took. */
  private static final int REST_AFTER_POLL = 20;

  private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);
  private static final int SAMPLES = 10;
  private static final Duration MAX_CLOSE = Duration.ofSeconds(1);
  private static final Logger LOGGER = LoggerFactory.getLogger(ProgressReporter.class);

  private final Callable<Progress> source;
  private final Supplier<Progress> current;
  private final ProgressDisplay display;
  private final LongSupplier nanoTime;
  private final Deque<Sample> samples = new ArrayDeque<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();
  private volatile double perSecond;
  private boolean hasFailed;

  private record Sample(long nanos, long settled) {}

  /**
   * Creates a reporter that has not started.
   *
   * @param source asks the database
   * @param current what is known without it
   */
  ProgressReporter(
      Callable<Progress> source,
      Supplier<Progress> current,
      ProgressDisplay display,
      LongSupplier nanoTime) {
    this.source = source;
    this.current = current;
    this.display = display;
    this.nanoTime = nanoTime;
    samples.add(new Sample(nanoTime.getAsLong(), 0));
  }

  /**
   * A reporter that writes to the terminal, or to the log if there is none that can overwrite a
   * line.
   *
   * @param isEndless whether the run waits for more input at the end
   */
  static ProgressReporter of(Job job, boolean isEndless) {
    ProgressDisplay display =
        hasTerminal() && !"dumb".equals(System.getenv("TERM"))
            ? new TerminalProgress(isEndless)
            : new LoggedProgress(isEndless);
    return new ProgressReporter(job::progress, job::current, display, System::nanoTime);
  }

  /** Starts polling and showing in daemon threads, until {@link #close}. */
  void start() {
    start("progress-poll", POLL_INTERVAL, this::poll);
    start(
        "progress",
        display.interval(),
        () -> {
          show();
          return display.interval();
        });
  }

  private void start(String name, Duration before, Supplier<Duration> step) {
    Thread thread =
        new Thread(
            () -> {
              try {
                Duration pause = before;
                while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                  pause = step.get();
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
    threads.add(thread);
  }

  /** Shows what is known, without asking. */
  void show() {
    display.show(current.get(), perSecond);
  }

  /** Polls once and returns the pause before the next poll. */
  Duration poll() {
    long before = nanoTime.getAsLong();
    try {
      long settled = source.call().settled();
      samples.addLast(new Sample(nanoTime.getAsLong(), settled));
      if (samples.size() > SAMPLES) {
        samples.removeFirst();
      }
      perSecond = rate();
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
    return rest.compareTo(POLL_INTERVAL) > 0 ? rest : POLL_INTERVAL;
  }

  /**
   * Stops polling. Waits briefly for a poll in progress and never interrupts it: an interrupt
   * during a read would close the files of an embedded database.
   */
  @Override
  public void close() {
    closed.countDown();
    try {
      for (Thread thread : threads) {
        thread.join(MAX_CLOSE.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    display.close();
  }

  private double rate() {
    Sample first = samples.getFirst();
    Sample last = samples.getLast();
    double seconds = (last.nanos() - first.nanos()) / 1e9;
    return seconds > 0 ? (last.settled() - first.settled()) / seconds : 0;
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
