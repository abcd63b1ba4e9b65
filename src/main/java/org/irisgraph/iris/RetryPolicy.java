package org.irisgraph.iris;

import java.util.function.LongSupplier;
import org.apache.beam.sdk.util.BackOff;
import org.apache.beam.sdk.util.FluentBackoff;
import org.apache.beam.sdk.util.Sleeper;
import org.joda.time.Duration;

/**
 * How long and how patiently a failure is met: exponential back-off from 200 ms to 10 s, each delay
 * varied by half, until the budget is spent.
 */
final class RetryPolicy {

  private final Duration budget;
  private final Sleeper sleeper;
  private final LongSupplier nanoTime;

  RetryPolicy(Duration budget) {
    this(budget, Sleeper.DEFAULT, System::nanoTime);
  }

  /** For tests: time passes as they say. */
  RetryPolicy(Duration budget, Sleeper sleeper, LongSupplier nanoTime) {
    this.budget = budget;
    this.sleeper = sleeper;
    this.nanoTime = nanoTime;
  }

  /** The delays of one failing write. */
  Delays start() {
    BackOff backOff =
        FluentBackoff.DEFAULT
            .withInitialBackoff(Duration.millis(200))
            .withMaxBackoff(Duration.standardSeconds(10))
            .withMaxCumulativeBackoff(budget)
            .withMaxRetries(Integer.MAX_VALUE)
            .backoff();
    return new Delays(backOff, nanoTime.getAsLong());
  }

  /** Waits between the attempts of one write. */
  final class Delays {
    private final BackOff backOff;
    private final long start;

    private Delays(BackOff backOff, long start) {
      this.backOff = backOff;
      this.start = start;
    }

    /** Waits for the next attempt; false if the budget is spent. */
    boolean sleep() throws InterruptedException {
      long millis = backOff.nextBackOffMillis();
      if (millis == BackOff.STOP || elapsedMillis() > budget.getMillis()) {
        return false;
      }
      sleeper.sleep(millis);
      return true;
    }

    long elapsedMillis() {
      return (nanoTime.getAsLong() - start) / 1_000_000;
    }
  }
}
