package org.irisgraph.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
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
  private long settled;
  private Duration answering = Duration.ZERO;

  @Test
  void showsWhatIsSettledAndHowFast() {
    ProgressReporter reporter = reporter();

    ask(reporter);
    passes(Duration.ofSeconds(1));
    settled = 100;
    ask(reporter);
    passes(Duration.ofSeconds(1));
    settled = 300;
    ask(reporter);

    assertThat(display.settled, contains(0L, 100L, 300L));
    assertThat(display.perSecond, contains(0.0, 100.0, 150.0));
  }

  @Test
  void showsTheRecentSpeed() {
    ProgressReporter reporter = reporter();
    for (int poll = 0; poll < 30; poll++) {
      passes(Duration.ofSeconds(1));
      settled += poll < 15 ? 1000 : 10;
      ask(reporter);
    }

    assertThat(display.perSecond.get(29), is(10.0));
  }

  @Test
  void goesOnWhileTheDatabaseAnswersSlowly() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    display.interval = Duration.ofMillis(1);
    try (ProgressReporter reporter =
        new ProgressReporter(
            () -> {
              asked.countDown();
              answer.await();
              return Progress.NONE;
            },
            this::known,
            display,
            System::nanoTime)) {
      reporter.start();
      boolean wasAsked = asked.await(120, TimeUnit.SECONDS);
      display.shown = new CountDownLatch(3);
      boolean wasShown = display.shown.await(120, TimeUnit.SECONDS);
      answer.countDown();

      assertThat(wasAsked, is(true));
      assertThat(wasShown, is(true));
    }
  }

  @Test
  void asksEachSecondIfTheAnswerIsQuick() {
    answering = Duration.ofMillis(50);

    assertThat(reporter().poll(), is(Duration.ofSeconds(1)));
  }

  @Test
  void asksLessOftenIfTheAnswerIsSlow() {
    answering = Duration.ofMillis(300);

    assertThat(reporter().poll(), is(Duration.ofSeconds(6)));
  }

  @Test
  void goesOnAfterAFailure() {
    ProgressReporter reporter =
        new ProgressReporter(
            () -> {
              if (settled == 0) {
                throw new IllegalStateException("no ledger yet");
              }
              return progress();
            },
            this::known,
            display,
            () -> nanos);

    assertThat(reporter.poll(), is(Duration.ofSeconds(1)));

    settled = 7;
    passes(Duration.ofSeconds(1));
    ask(reporter);
    assertThat(display.perSecond, contains(7.0));
  }

  @Test
  void asksInItsOwnThreadUntilItIsClosed() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    display.interval = Duration.ofMillis(1);
    ProgressReporter reporter =
        new ProgressReporter(
            () -> {
              asked.countDown();
              return Progress.NONE;
            },
            this::known,
            display,
            System::nanoTime);

    reporter.start();
    boolean wasAsked = asked.await(120, TimeUnit.SECONDS);
    reporter.close();

    assertThat(wasAsked, is(true));
    assertThat(display.closed, is(1));
  }

  private ProgressReporter reporter() {
    return new ProgressReporter(this::progress, this::known, display, () -> nanos);
  }

  private static void ask(ProgressReporter reporter) {
    reporter.poll();
    reporter.show();
  }

  private Progress progress() {
    passes(answering);
    return known();
  }

  private Progress known() {
    return Progress.stored(settled, 0, 0);
  }

  private void passes(Duration time) {
    nanos += time.toNanos();
  }

  private static final class Shown implements ProgressDisplay {
    private final List<Long> settled = new ArrayList<>();
    private final List<Double> perSecond = new ArrayList<>();
    private Duration interval = Duration.ofSeconds(1);
    private volatile CountDownLatch shown = new CountDownLatch(0);
    private int closed;

    @Override
    public Duration interval() {
      return interval;
    }

    @Override
    public void show(Progress progress, double documentsPerSecond) {
      settled.add(progress.settled());
      shown.countDown();
      perSecond.add(documentsPerSecond);
    }

    @Override
    public void close() {
      closed++;
    }
  }
}
