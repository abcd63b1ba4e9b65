package org.irisgraph.jdbc;

import java.util.function.LongSupplier;
import org.apache.beam.sdk.util.BackOff;
import org.apache.beam.sdk.util.FluentBackoff;
import org.apache.beam.sdk.util.Sleeper;
import org.joda.time.Duration;

/**
 * How long and how patiently a failure is met: exponential back-off from 200 ms to 10 s, each delay
 * varied by half, until the budget is spent.
 */
public final class RetryPolicy {

  private final Duration budget;
  private final Sleeper sleeper;
  private final LongSupplier nanoTime;

  public RetryPolicy(Duration budget) {
    this(budget, Sleeper.DEFAULT, System::nanoTime);
  }

  /** For tests: time passes as they say. */
  public RetryPolicy(Duration budget, Sleeper sleeper, LongSupplier nanoTime) {
    this.budget = budget;
    this.sleeper = sleeper;
    this.nanoTime = nanoTime;
  }

  /**
   * The delays of one failing write.
   *
   * @param outage what is known of the database's failing beyond this write
   */
  public Delays start(Outage outage) {
    BackOff backOff =
        FluentBackoff.DEFAULT
            .withInitialBackoff(Duration.millis(200))
            .withMaxBackoff(Duration.standardSeconds(10))
            .withMaxRetries(Integer.MAX_VALUE)
            .backoff();
    return new Delays(backOff, outage, nanoTime.getAsLong());
  }

  /**
   * A database's failing as all writers of a JVM see it, so that the budget is spent once for an
   * outage, and not again by each batch that waits in a queue.
   */
  public static final class Outage {
    private boolean going;
    private long since;

    /** A writer failed; gives the time at which the first one did. */
    synchronized long goesOn(long now) {
      if (!going) {
        going = true;
        since = now;
      }
      return since;
    }

    /** A writer succeeded. */
    public synchronized void isOver() {
      going = false;
    }
  }

  /** Waits between the attempts of one write. */
  public final class Delays {
    private final BackOff backOff;
    private final Outage outage;
    private final long start;

    private Delays(BackOff backOff, Outage outage, long start) {
      this.backOff = backOff;
      this.outage = outage;
      this.start = start;
    }

    /** Waits for the next attempt; false if the budget is spent. */
    public boolean sleep() throws InterruptedException {
      long since = outage.goesOn(nanoTime.getAsLong());
      long millis = backOff.nextBackOffMillis();
      if (millis == BackOff.STOP || elapsedMillis(Math.min(start, since)) >= budget.getMillis()) {
        return false;
      }
      sleeper.sleep(millis);
      return true;
    }

    public long elapsedMillis() {
      return elapsedMillis(start);
    }

    private long elapsedMillis(long since) {
      return (nanoTime.getAsLong() - since) / 1_000_000;
    }
  }
}
