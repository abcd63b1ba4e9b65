package org.irisgraph.jdbc;

import java.util.function.LongSupplier;
import org.apache.beam.sdk.util.BackOff;
import org.apache.beam.sdk.util.FluentBackoff;
import org.apache.beam.sdk.util.Sleeper;
import org.joda.time.Duration;

/**
 * Retries with Beam's {@link FluentBackoff} until a time budget is used up: delays grow from 200 ms
 * to 10 s, each varied by half.
 */
public final class RetryPolicy {

  private final Duration budget;
  private final Sleeper sleeper;
  private final LongSupplier nanoTime;

  public RetryPolicy(Duration budget) {
    this(budget, Sleeper.DEFAULT, System::nanoTime);
  }

  /** With another clock, for tests. */
  public RetryPolicy(Duration budget, Sleeper sleeper, LongSupplier nanoTime) {
    this.budget = budget;
    this.sleeper = sleeper;
    this.nanoTime = nanoTime;
  }

  /**
   * Starts the delays of one failing write.
   *
   * @param outage the outage of the database, shared by all writes
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
   * An outage of a database as seen by all writers of a JVM, so that the budget is used up once per
   * outage and not once per queued batch.
   */
  public static final class Outage {
    private boolean ongoing;
    private long since;

    /** Records a failure; returns the time of the outage's first failure. */
    synchronized long failed(long now) {
      if (!ongoing) {
        ongoing = true;
        since = now;
      }
      return since;
    }

    /** Records a success, which ends the outage. */
    public synchronized void end() {
      ongoing = false;
    }
  }

  /** The delays between the attempts of one write. */
  public final class Delays {
    private final BackOff backOff;
    private final Outage outage;
    private final long start;

    private Delays(BackOff backOff, Outage outage, long start) {
      this.backOff = backOff;
      this.outage = outage;
      this.start = start;
    }

    /** Waits before the next attempt; returns false if the budget is used up. */
    public boolean sleep() throws InterruptedException {
      long since = outage.failed(nanoTime.getAsLong());
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
