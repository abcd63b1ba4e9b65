package org.irisgraph.iris.batch;

import java.sql.Connection;
import java.sql.SQLException;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.Dialect;
import org.irisgraph.jdbc.ErrorClass;
import org.irisgraph.jdbc.ErrorClassifier;
import org.irisgraph.jdbc.RetryPolicy;
import org.irisgraph.jdbc.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Attempts to store one batch on one connection, up to its commit or its failure. */
final class BatchAttempt<T> {

  private static final Logger LOG = LoggerFactory.getLogger(BatchAttempt.class);

  private final ResolvedPlan<T> plan;
  private final RetryPolicy.Outage outage;
  private final BatchMetrics.Counter counter;

  BatchAttempt(ResolvedPlan<T> plan, RetryPolicy.Outage outage, BatchMetrics.Counter counter) {
    this.plan = plan;
    this.outage = outage;
    this.counter = counter;
  }

  /** The result of an attempt. */
  sealed interface Outcome {}

  /** The batch is stored. */
  record Committed() implements Outcome {}

  /** Nothing is stored: the batch has to be stored in two halves. */
  record Divided() implements Outcome {}

  /** Nothing is stored, or the commit is in doubt; {@code hint} is about the failed statement. */
  record Failed(ErrorClass errorClass, Exception cause, FailureHint hint) implements Outcome {

    /** Whether an upsert of the same rows might succeed where an insert failed. */
    boolean mayBeCausedByInserts() {
      return errorClass == ErrorClass.BAD_DATA || errorClass == ErrorClass.UNKNOWN;
    }
  }

  /** Attempts once; {@code tally} counts the rows that the commits delete. */
  Outcome run(
      Database.Lease lease, TransactionBatch<T> batch, AttemptMode mode, StaleRowTally tally)
      throws StoreException {
    Connection connection = lease.connection();
    Dialect dialect = plan.dialect();
    StaleRows<T> stale = new StaleRows<>(plan, batch, counter);
    boolean committing = false;
    FailureHint hint = FailureHint.NONE;
    try {
      TransactionBatch<T> rest = batch;
      boolean complete = false;
      while (!complete) {
        BatchTransaction<T> transaction =
            new BatchTransaction<>(plan, connection, counter, mode, stale);
        long start = System.nanoTime();
        BatchTransaction.End end;
        try {
          end = transaction.run(rest, start);
        } finally {
          hint = transaction.hint();
        }
        if (end == BatchTransaction.End.RESTART) {
          connection.rollback();
          stale.restart();
          continue;
        } else if (end == BatchTransaction.End.DIVIDE) {
          connection.rollback();
          return new Divided();
        }
        plan.plan().guard().verify(connection);
        stale.report(tally);
        committing = true;
        connection.commit();
        committing = false;
        outage.end();
        batch.elements().forEach(PendingElement::confirmRejections);
        counter.committed(transaction.rowsStored());
        LOG.atDebug()
            .addKeyValue("rows", transaction.rowsStored())
            .addKeyValue("elements", batch.elements().size())
            .addKeyValue("millis", (System.nanoTime() - start) / 1_000_000)
            .log("batch committed");
        complete = end == BatchTransaction.End.COMPLETE;
        rest = rest.decided();
      }
      return new Committed();
    } catch (SQLException | RuntimeException | AssertionError thrown) {
      // PostgreSQL's driver throws an AssertionError when a link breaks.
      Exception cause = thrown instanceof Exception e ? e : new SQLException(thrown);
      boolean linkWorks = rollBack(connection, cause);
      ErrorClass errorClass =
          committing
              ? ErrorClassifier.ofCommit(dialect, cause)
              : ErrorClassifier.of(dialect, cause);
      if (errorClass == ErrorClass.UNKNOWN && !linkWorks) {
        errorClass = ErrorClass.TRANSIENT;
      }
      if (errorClass != ErrorClass.BAD_DATA || !linkWorks) {
        lease.discard();
      }
      return new Failed(errorClass, cause, hint);
    }
  }

  private static boolean rollBack(Connection connection, Exception cause) {
    try {
      connection.rollback();
      return true;
    } catch (SQLException | RuntimeException | AssertionError e) {
      cause.addSuppressed(e);
      return false;
    }
  }
}
