package org.irisgraph.iris;

import java.sql.Connection;
import java.sql.SQLException;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.ErrorClass;
import org.irisgraph.jdbc.ErrorClassifier;
import org.irisgraph.jdbc.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt at one unit on one connection: its transaction, its commit, or why there is none. */
final class BatchAttempt<T> {

  private static final Logger LOG = LoggerFactory.getLogger(BatchAttempt.class);

  private final BatchWriter<T> writer;
  private final WritePlan<T> plan;
  private final Database database;
  private final BatchMetrics.Counter counter;

  BatchAttempt(
      BatchWriter<T> writer, WritePlan<T> plan, Database database, BatchMetrics.Counter counter) {
    this.writer = writer;
    this.plan = plan;
    this.database = database;
    this.counter = counter;
  }

  /**
   * Why an attempt did not take place.
   *
   * @param oneByOne two elements of the unit depend on each other; else there is a cause
   */
  record Failure(ErrorClass errorClass, Exception cause, boolean oneByOne) {

    /** Whether an upsert of the same rows might go through where an insert did not. */
    boolean mayBeTheInserts() {
      return errorClass == ErrorClass.BAD_DATA || errorClass == ErrorClass.UNKNOWN;
    }
  }

  /** Tries once; null if it took place. */
  Failure run(
      Database.Lease lease, TransactionBatch<T> unit, AttemptMode mode, StaleRows.Tally tally)
      throws StoreException {
    Connection connection = lease.connection();
    StaleRows<T> stale = new StaleRows<>(writer, plan, unit, counter);
    boolean committing = false;
    try {
      TransactionBatch<T> rest = unit;
      boolean complete = false;
      while (!complete) {
        BatchTransaction<T> transaction =
            new BatchTransaction<>(
                writer, plan, connection, database.dialect(), counter, mode, stale);
        long start = System.nanoTime();
        BatchTransaction.End end = transaction.run(rest, start);
        if (end == BatchTransaction.End.AGAIN) {
          connection.rollback();
          stale.beginAgain();
          continue;
        } else if (end == BatchTransaction.End.ONE_BY_ONE) {
          connection.rollback();
          return new Failure(ErrorClass.UNKNOWN, null, true);
        }
        plan.guard().verify(connection);
        stale.report(tally);
        committing = true;
        connection.commit();
        committing = false;
        database.outage().end();
        unit.elements().forEach(PendingElement::keepVerdicts);
        counter.committed(transaction.rowsStored());
        LOG.atDebug()
            .addKeyValue("rows", transaction.rowsStored())
            .addKeyValue("elements", unit.elements().size())
            .addKeyValue("millis", (System.nanoTime() - start) / 1_000_000)
            .log("batch committed");
        complete = end == BatchTransaction.End.DONE;
        rest = rest.decided();
      }
      return null;
    } catch (SQLException | RuntimeException | AssertionError thrown) {
      // Drivers throw what they like when a link breaks: PostgreSQL's an AssertionError.
      Exception cause = thrown instanceof Exception e ? e : new SQLException(thrown);
      boolean linkWorks = rollBack(connection, cause);
      ErrorClass errorClass =
          committing
              ? ErrorClassifier.ofCommit(database.dialect(), cause)
              : ErrorClassifier.of(database.dialect(), cause);
      if (errorClass == ErrorClass.UNKNOWN && !linkWorks) {
        errorClass = ErrorClass.TRANSIENT;
      }
      if (errorClass != ErrorClass.BAD_DATA || !linkWorks) {
        lease.discard();
      }
      return new Failure(errorClass, cause, false);
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
