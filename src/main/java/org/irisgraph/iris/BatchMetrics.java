package org.irisgraph.iris;

/**
 * What a batch cost.
 *
 * @param transactions how many were committed
 * @param rows rows stored in the tables, the outcome table's aside
 * @param rejected rows and refused elements
 * @param millis from the first attempt to the last commit, waiting included
 * @param attempts tries in all: 1 for a transaction that went well at once
 * @param retries tries after a transient error or a commit in doubt
 * @param isolations tries that looked for the bad rows of a batch
 * @param fallbacks tries row by row after an error of unknown kind, and by upsert after an insert
 * @param statements executions of inserts, updates and deletes; a JDBC batch counts as one
 * @param minRows rows of the smallest transaction
 * @param maxRows rows of the largest transaction
 * @param foreignReplaced rows of others that were deleted, see {@link ForeignRows#REPLACE}
 * @param held rows that were to be deleted and stay, since rows of others refer to them
 */
public record BatchMetrics(
    int transactions,
    int rows,
    int rejected,
    double millis,
    int attempts,
    int retries,
    int isolations,
    int fallbacks,
    int statements,
    int minRows,
    int maxRows,
    int foreignReplaced,
    int held) {

  /** Counts up while a batch is written. */
  static final class Counter {
    private int transactions;
    private int rows;
    private int rejected;
    private double millis;
    private int attempts;
    private int retries;
    private int isolations;
    private int fallbacks;
    private int statements;
    private int minRows = Integer.MAX_VALUE;
    private int maxRows;
    private int foreignReplaced;
    private int held;

    void attempt() {
      attempts++;
    }

    void retry() {
      retries++;
    }

    void isolation() {
      isolations++;
    }

    void fallback() {
      fallbacks++;
    }

    void statement() {
      statements++;
    }

    void committed(int rowsOfTransaction) {
      transactions++;
      rows += rowsOfTransaction;
      minRows = Math.min(minRows, rowsOfTransaction);
      maxRows = Math.max(maxRows, rowsOfTransaction);
    }

    void stale(StaleRows.Tally tally) {
      foreignReplaced += tally.replaced();
      held += tally.held();
    }

    void rejected(int count) {
      rejected += count;
    }

    void took(double milliseconds) {
      millis += milliseconds;
    }

    BatchMetrics total() {
      return new BatchMetrics(
          transactions,
          rows,
          rejected,
          millis,
          attempts,
          retries,
          isolations,
          fallbacks,
          statements,
          transactions == 0 ? 0 : minRows,
          maxRows,
          foreignReplaced,
          held);
    }
  }
}
