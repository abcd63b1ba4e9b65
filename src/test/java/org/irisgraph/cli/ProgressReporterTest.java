package org.irisgraph.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.irisgraph.report.Progress;
import org.junit.jupiter.api.Test;

class ProgressReporterTest {

  private final Shown display = new Shown();
  private long nanos;
  private long read;
  private Duration answering = Duration.ZERO;

  @Test
  void showsWhatIsReadAndHowFast() {
    ProgressReporter reporter = new ProgressReporter(this::progress, display, () -> nanos);

    reporter.poll();
    passes(Duration.ofSeconds(1));
    read = 100;
    reporter.poll();
    passes(Duration.ofSeconds(1));
    read = 300;
    reporter.poll();

    assertThat(display.read, contains(0L, 100L, 300L));
    assertThat(display.perSecond, contains(0.0, 100.0, 150.0));
  }

  @Test
  void tellsTheSpeedOfLate() {
    ProgressReporter reporter = new ProgressReporter(this::progress, display, () -> nanos);
    for (int poll = 0; poll < 30; poll++) {
      passes(Duration.ofSeconds(1));
      read += poll < 15 ? 1000 : 10;
      reporter.poll();
    }

    assertThat(display.perSecond.get(29), is(10.0));
  }

  @Test
  void asksAsOftenAsTheDisplayWantsIfTheAnswerIsQuick() {
    answering = Duration.ofMillis(50);

    assertThat(
        new ProgressReporter(this::progress, display, () -> nanos).poll(),
        is(Duration.ofSeconds(1)));
  }

  @Test
  void asksLessOftenIfTheAnswerIsSlow() {
    answering = Duration.ofMillis(300);

    assertThat(
        new ProgressReporter(this::progress, display, () -> nanos).poll(),
        is(Duration.ofSeconds(6)));
  }

  @Test
  void goesOnAfterAFailure() {
    ProgressReporter reporter =
        new ProgressReporter(
            () -> {
              if (read == 0) {
                throw new IllegalStateException("no ledger yet");
              }
              return progress();
            },
            display,
            () -> nanos);

    assertThat(reporter.poll(), is(Duration.ofSeconds(1)));
    assertThat(display.read, is(empty()));

    read = 7;
    reporter.poll();
    assertThat(display.read, contains(7L));
  }

  @Test
  void asksInItsOwnThreadUntilItIsClosed() throws Exception {
    CountDownLatch asked = new CountDownLatch(3);
    display.interval = Duration.ofMillis(1);
    ProgressReporter reporter =
        new ProgressReporter(
            () -> {
              asked.countDown();
              return Progress.NONE;
            },
            display,
            System::nanoTime);

    reporter.start();
    boolean wasAsked = asked.await(20, TimeUnit.SECONDS);
    reporter.close();

    assertThat(wasAsked, is(true));
    assertThat(display.closed, is(1));
  }

  private Progress progress() {
    passes(answering);
    return new Progress(read, read, 0, 0);
  }

  private void passes(Duration time) {
    nanos += time.toNanos();
  }

  private static final class Shown implements ProgressDisplay {
    private final List<Long> read = new ArrayList<>();
    private final List<Double> perSecond = new ArrayList<>();
    private Duration interval = Duration.ofSeconds(1);
    private int closed;

    @Override
    public Duration interval() {
      return interval;
    }

    @Override
    public void show(Progress progress, double documentsPerSecond) {
      read.add(progress.read());
      perSecond.add(documentsPerSecond);
    }

    @Override
    public void close() {
      closed++;
    }
  }
}
