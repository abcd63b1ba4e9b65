package org.irisgraph.iris;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores batches of elements: each in one transaction that takes place exactly once, whatever
 * happens on the way, or not at all.
 *
 * <p>Every error has its treatment. <em>Transient</em> ones, and a commit of which nobody knows
 * whether it took place, are tried again from our own copy of the rows until the time for it is
 * spent; that is safe because all writes are upserts. <em>Bad data</em> is isolated: the bad rows
 * are rejected and the good ones stored. A wrong <em>configuration</em> fails at once. An error
 * that is <em>not known</em> is tried once row by row: it is a row's fault if and only if other
 * rows go through, else it is an outage, and nothing of an outage is ever recorded as rejected.
 */
final class BatchWriter<T> {

  private static final Logger LOG = LoggerFactory.getLogger(BatchWriter.class);

  private final Database database;
  private final WritePlan<T> plan;
  private final RetryPolicy retries;
  private List<TableStatement> statements;
  private TableStatement outcomeStatement;

  BatchWriter(Database database, WritePlan<T> plan, RetryPolicy retries) {
    this.database = database;
    this.plan = plan;
    this.retries = retries;
  }

  /**
   * Stores elements in the order in which they are given, in as many transactions as their rows
   * need.
   *
   * @throws StoreException if they cannot be stored for a reason that is no row's fault; what was
   *     committed before stays
   */
  BatchResult<T> write(List<T> elements) throws StoreException, InterruptedException {
    BatchMetrics.Counter counter = new BatchMetrics.Counter();
    List<PendingElement<T>> pending = new ArrayList<>();
    for (T element : elements) {
      pending.add(new PendingElement<>(element, plan));
    }
    for (WriteUnit<T> unit : WriteUnit.of(pending, plan, keyOrder())) {
      if (unit.first()) {
        resolveStatements();
        check(unit.elements());
      } else if (unit.isRefused()) {
        continue;
      }
      long start = System.nanoTime();
      store(unit, counter);
      counter.took((System.nanoTime() - start) / 1e6);
    }
    return result(pending, counter);
  }

  private BatchResult<T> result(List<PendingElement<T>> pending, BatchMetrics.Counter counter) {
    List<T> committed = new ArrayList<>();
    List<T> refused = new ArrayList<>();
    List<RejectedRow> rejected = new ArrayList<>();
    Map<String, Integer> committedRows = new LinkedHashMap<>();
    for (PendingElement<T> element : pending) {
      element
          .committedRows()
          .forEach((table, count) -> committedRows.merge(table, count, Integer::sum));
      (element.isStored() ? committed : refused).add(element.element());
      rejected.addAll(element.rejected());
    }
    counter.rejected(rejected.size());
    int mostlyRejected = 0;
    int decidedToStore = 0;
    for (PendingElement<T> element : pending) {
      mostlyRejected += element.isMostlyRejected() ? 1 : 0;
      decidedToStore += element.decision().action() == Decision.Action.REFUSE ? 0 : 1;
    }
    return new BatchResult<>(
        committed,
        refused,
        rejected,
        committedRows,
        decidedToStore,
        mostlyRejected,
        counter.total());
  }

  /** Rejects the rows that a rule or a column's length forbids. */
  private void check(List<PendingElement<T>> pending) throws StoreException.Stopped {
    for (PendingElement<T> element : pending) {
      for (int table = 0; table < statements.size(); table++) {
        for (PendingElement.PendingRow<T> row : element.rows(table)) {
          RowRule.Violation violation =
              plan.tables()
                  .get(table)
                  .rule()
                  .check(row.row())
                  .or(() -> statements.get(row.table()).check(row.row()))
                  .orElse(null);
          if (violation != null) {
            reject(row, RejectedRow.Reason.VALIDATION, violation.code(), violation.message());
          }
        }
      }
      element.keepVerdicts();
    }
  }

  void reject(
      PendingElement.PendingRow<T> row, RejectedRow.Reason reason, String code, String message)
      throws StoreException.Stopped {
    if (plan.onBadRow() == OnBadRow.STOP) {
      throw new StoreException.Stopped(
          "stopped at a bad row (onBadRow=stop): %s %s of %s: %s %s"
              .formatted(
                  statements.get(row.table()).table(),
                  row.id(),
                  row.element().key(),
                  code,
                  message));
    }
    row.element().reject(row, reason, code, message, plan.onBadRow());
  }

  /** Stores one unit, in as many attempts as the time for retries allows. */
  private void store(WriteUnit<T> unit, BatchMetrics.Counter counter)
      throws StoreException, InterruptedException {
    RetryPolicy.Delays delays = retries.start(database.outage());
    boolean isolate = false;
    boolean rowByRow = plan.storageMode() == StorageMode.INDIVIDUAL;
    boolean fellBack = false;
    for (int attempt = 1; ; attempt++) {
      counter.attempt();
      Failure failure;
      try (Database.Lease lease = database.borrow()) {
        failure = attempt(lease, unit, isolate, rowByRow, counter);
      } catch (SQLException e) {
        // No connection to be had: whatever the pool calls it, only a refusal is final.
        failure = new Failure(ErrorClasses.ofConnect(database.dialect(), e), e, false);
      }
      if (failure == null) {
        return;
      }
      if (failure.oneByOne()) {
        for (PendingElement<T> element : unit.elements()) {
          store(WriteUnit.whole(List.of(element), plan.tables().size()), counter);
        }
        return;
      }
      unit.elements().forEach(PendingElement::dropVerdicts);
      switch (failure.errorClass()) {
        case TRANSIENT, IN_DOUBT -> {
          counter.retry();
          warn("retry", failure.cause(), attempt, unit);
          if (!delays.sleep()) {
            throw new StoreException.Outage(
                "gave up after %d attempts in %d s (retrySeconds): %s"
                    .formatted(attempt, delays.elapsedMillis() / 1000, describe(failure.cause())),
                failure.cause());
          }
        }
        case BAD_DATA -> {
          if (isolate) {
            throw new StoreException.Outage(
                "bad data that is no row's: " + describe(failure.cause()), failure.cause());
          }
          counter.isolation();
          warn("isolate bad rows", failure.cause(), attempt, unit);
          isolate = true;
        }
        case CONFIGURATION ->
            throw new StoreException.Configuration(
                "the database refuses: " + describe(failure.cause()), failure.cause());
        case UNKNOWN -> {
          if (fellBack) {
            throw new StoreException.Outage(
                "an error of unknown kind, also row by row: " + describe(failure.cause()),
                failure.cause());
          }
          counter.fallback();
          warn("row by row", failure.cause(), attempt, unit);
          fellBack = true;
          rowByRow = true;
          isolate = true;
        }
      }
    }
  }

  /**
   * Why an attempt did not take place.
   *
   * @param oneByOne two elements of the unit depend on each other; else there is a cause
   */
  private record Failure(ErrorClass errorClass, Exception cause, boolean oneByOne) {}

  /** One attempt; null if it took place. */
  private Failure attempt(
      Database.Lease lease,
      WriteUnit<T> unit,
      boolean isolate,
      boolean rowByRow,
      BatchMetrics.Counter counter)
      throws StoreException {
    Connection connection = lease.connection();
    boolean committing = false;
    try {
      boolean complete = false;
      while (!complete) {
        UnitTransaction<T> transaction =
            new UnitTransaction<>(
                this, plan, connection, database.dialect(), counter, isolate, rowByRow);
        long start = System.nanoTime();
        UnitTransaction.End end = transaction.run(unit, start);
        if (end == UnitTransaction.End.AGAIN) {
          connection.rollback();
          continue;
        } else if (end == UnitTransaction.End.ONE_BY_ONE) {
          connection.rollback();
          return new Failure(ErrorClass.UNKNOWN, null, true);
        }
        committing = true;
        connection.commit();
        committing = false;
        database.outage().isOver();
        unit.elements().forEach(PendingElement::keepVerdicts);
        counter.committed(transaction.rowsStored());
        LOG.atDebug()
            .addKeyValue("rows", transaction.rowsStored())
            .addKeyValue("elements", unit.elements().size())
            .addKeyValue("millis", (System.nanoTime() - start) / 1_000_000)
            .log("batch committed");
        complete = end == UnitTransaction.End.DONE;
      }
      return null;
    } catch (SQLException | RuntimeException | AssertionError thrown) {
      // Drivers throw what they like when a link breaks: PostgreSQL's an AssertionError.
      Exception cause = thrown instanceof Exception e ? e : new SQLException(thrown);
      boolean linkWorks = rollBack(connection, cause);
      ErrorClass errorClass =
          committing
              ? ErrorClasses.ofCommit(database.dialect(), cause)
              : ErrorClasses.of(database.dialect(), cause);
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

  /** Looks the columns up once; a database that does not answer is tried again like a batch. */
  private void resolveStatements() throws StoreException, InterruptedException {
    if (statements != null) {
      return;
    }
    List<TableStatement> resolved = new ArrayList<>();
    for (TableWrite<T> table : plan.tables()) {
      resolved.add(statement(table.table(), table.columns(), table.optionalColumns(), table.key()));
    }
    if (plan.outcomes() != null) {
      OutcomeTable<T> outcomes = plan.outcomes();
      outcomeStatement =
          statement(outcomes.table(), outcomes.columns(), List.of(), List.of(outcomes.key()));
    }
    statements = resolved;
  }

  private TableStatement statement(
      String table, List<String> columns, List<String> optional, List<String> key)
      throws StoreException, InterruptedException {
    TableShape shape = database.query(retries, c -> database.shape(c, table));
    return TableStatement.of(database.dialect(), shape, columns, optional, key);
  }

  TableStatement statement(int table) {
    return statements.get(table);
  }

  /** Tells keys apart as the database does. */
  Comparator<String> keyOrder() {
    return database.dialect().ignoresCase()
        ? Comparator.comparing(Keys::fold)
        : Comparator.naturalOrder();
  }

  TableStatement outcomeStatement() {
    return outcomeStatement;
  }

  private static <T> void warn(String what, Exception cause, int attempt, WriteUnit<T> unit) {
    LOG.atWarn()
        .addKeyValue("attempt", attempt)
        .addKeyValue("elements", unit.elements().size())
        .addKeyValue("error", describe(cause))
        .log("batch failed: {}", what);
  }

  /** Code, SQLState and message in one line. */
  static String describe(Exception exception) {
    String message = String.valueOf(exception.getMessage()).replace('\n', ' ');
    String cut = message.length() <= 500 ? message : message.substring(0, 500) + "…";
    if (exception instanceof SQLTransientConnectionException
        && exception.getCause() instanceof Exception cause) {
      // The pool only says that it has waited; why is in the cause.
      return describe(cause);
    }
    return exception instanceof SQLException sql
        ? "%s (code %d, SQLState %s)".formatted(cut, sql.getErrorCode(), sql.getSQLState())
        : exception.getClass().getSimpleName() + ": " + cut;
  }
}
