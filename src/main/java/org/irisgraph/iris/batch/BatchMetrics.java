package org.irisgraph.iris.batch;

import com.google.auto.value.AutoValue;
import org.irisgraph.iris.spec.ForeignRows;

/** The cost of writing a batch. */
@AutoValue
public abstract class BatchMetrics {

  /** Committed transactions. */
  public abstract int transactions();

  /** Rows stored in the tables, without those of the outcome table. */
  public abstract int rows();

  /** Rejected rows and refused elements. */
  public abstract int rejected();

  /** Milliseconds from the first attempt to the last commit, including waits. */
  public abstract double millis();

  /** The part of {@link #millis} that was spent without a connection: none free, or away. */
  public abstract double waitedMillis();

  /** All attempts; a transaction that succeeds at once has one. */
  public abstract int attempts();

  /** Attempts after a transient error or a commit in doubt. */
  public abstract int retries();

  /** Attempts that isolate the bad rows of a batch. */
  public abstract int isolations();

  /** Attempts row by row after an unknown error, and by upsert after a failed insert. */
  public abstract int fallbacks();

  /** Executions of inserts, updates and deletes; a JDBC batch counts as one. */
  public abstract int statements();

  /** Rows of the smallest transaction. */
  public abstract int minRows();

  /** Rows of the largest transaction. */
  public abstract int maxRows();

  /** Deleted rows of other programs, see {@link ForeignRows#REPLACE}. */
  public abstract int foreignReplaced();

  /** Stale rows that stay because rows of other programs refer to them. */
  public abstract int held();

  static Counter counter() {
    return new AutoValue_BatchMetrics.Builder()
        .setTransactions(0)
        .setRows(0)
        .setRejected(0)
        .setMillis(0)
        .setWaitedMillis(0)
        .setAttempts(0)
        .setRetries(0)
        .setIsolations(0)
        .setFallbacks(0)
        .setStatements(0)
        .setMinRows(0)
        .setMaxRows(0)
        .setForeignReplaced(0)
        .setHeld(0);
  }

  /** Counts while a batch is written. */
  @AutoValue.Builder
  abstract static class Counter {

    void attempt() {
      setAttempts(attempts() + 1);
    }

    void retry() {
      setRetries(retries() + 1);
    }

    void isolation() {
      setIsolations(isolations() + 1);
    }

    void fallback() {
      setFallbacks(fallbacks() + 1);
    }

    void statement() {
      setStatements(statements() + 1);
    }

    void committed(int rowsOfTransaction) {
      setMinRows(transactions() == 0 ? rowsOfTransaction : Math.min(minRows(), rowsOfTransaction));
      setMaxRows(Math.max(maxRows(), rowsOfTransaction));
      setTransactions(transactions() + 1);
      setRows(rows() + rowsOfTransaction);
    }

    void stale(StaleRowTally tally) {
      setForeignReplaced(foreignReplaced() + tally.replaced());
      setHeld(held() + tally.held());
    }

    void rejected(int count) {
      setRejected(rejected() + count);
    }

    void took(double milliseconds) {
      setMillis(millis() + milliseconds);
    }

    void waitedSince(long nanoTime) {
      setWaitedMillis(waitedMillis() + (System.nanoTime() - nanoTime) / 1e6);
    }

    abstract int transactions();

    abstract int rows();

    abstract int rejected();

    abstract double millis();

    abstract double waitedMillis();

    abstract int attempts();

    abstract int retries();

    abstract int isolations();

    abstract int fallbacks();

    abstract int statements();

    abstract int minRows();

    abstract int maxRows();

    abstract int foreignReplaced();

    abstract int held();

    abstract Counter setTransactions(int count);

    abstract Counter setRows(int count);

    abstract Counter setRejected(int count);

    abstract Counter setMillis(double millis);

    abstract Counter setWaitedMillis(double millis);

    abstract Counter setAttempts(int count);

    abstract Counter setRetries(int count);

    abstract Counter setIsolations(int count);

    abstract Counter setFallbacks(int count);

    abstract Counter setStatements(int count);

    abstract Counter setMinRows(int count);

    abstract Counter setMaxRows(int count);

    abstract Counter setForeignReplaced(int count);

    abstract Counter setHeld(int count);

    abstract BatchMetrics total();
  }
}
