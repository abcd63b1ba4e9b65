package org.irisgraph.iris;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.ErrorClass;
import org.irisgraph.jdbc.ErrorClassifier;
import org.irisgraph.jdbc.KeyComparison;
import org.irisgraph.jdbc.RetryPolicy;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.jdbc.TableShape;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores batches of elements: each in one transaction that takes place exactly once, whatever
 * happens on the way, or not at all.
 *
 * <p>Every error has its treatment. <em>Transient</em> ones, and a commit of which nobody knows
 * whether it took place, are tried again from our own copy of the rows until the time for it is
 * spent; that is safe because all writes that are repeated are upserts. <em>Bad data</em> is
 * isolated: the bad rows are rejected and the good ones stored. A wrong <em>configuration</em>
 * fails at once. An error that is <em>not known</em> is tried once row by row: it is a row's fault
 * if and only if other rows of its table go through, else it is an outage, and nothing of an outage
 * is ever recorded as rejected.
 *
 * <p>With {@link WriteMode#INSERT} the first attempt at new elements is a plain insert. What it is
 * refused for is left to the upsert that follows, which alone can tell a key that exists from a bad
 * row.
 */
final class BatchWriter<T> {

  private static final Logger LOG = LoggerFactory.getLogger(BatchWriter.class);

  private final Database database;
  private final WritePlan<T> plan;
  private final RetryPolicy retries;
  private List<TableStatement> statements;
  private List<TableStatement> insertStatements;
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
    for (TransactionBatch<T> unit : TransactionBatch.of(pending, plan, keyOrder())) {
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
      decidedToStore += element.decision().action() == WriteDecision.Action.REFUSE ? 0 : 1;
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
  private void store(TransactionBatch<T> unit, BatchMetrics.Counter counter)
      throws StoreException, InterruptedException {
    RetryPolicy.Delays delays = retries.start(database.outage());
    AttemptMode mode = AttemptMode.first(plan);
    StaleRows.Tally stale = new StaleRows.Tally();
    boolean fellBack = false;
    for (int attempt = 1; ; attempt++) {
      counter.attempt();
      BatchAttempt.Failure failure;
      try (Database.Lease lease = database.borrow()) {
        failure = new BatchAttempt<>(this, plan, database, counter).run(lease, unit, mode, stale);
      } catch (SQLException e) {
        // No connection to be had: whatever the pool calls it, only a refusal is final.
        failure =
            new BatchAttempt.Failure(ErrorClassifier.ofConnect(database.dialect(), e), e, false);
      }
      if (failure == null) {
        counter.stale(stale);
        return;
      }
      if (failure.oneByOne()) {
        for (PendingElement<T> element : unit.elements()) {
          store(TransactionBatch.whole(List.of(element), plan.tables().size()), counter);
        }
        return;
      }
      unit.elements().forEach(PendingElement::dropVerdicts);
      boolean inserted = mode.insert() && unit.isNew();
      mode = mode.upserting();
      if (inserted && failure.mayBeTheInserts()) {
        counter.fallback();
        warn("upsert instead of insert", failure.cause(), attempt, unit);
        continue;
      }
      switch (failure.errorClass()) {
        case TRANSIENT, IN_DOUBT -> {
          if (failure.errorClass() == ErrorClass.IN_DOUBT && plan.statements().defersIndexes()) {
            throw new StoreException.Unindexed("a batch may have been stored", failure.cause());
          }
          counter.retry();
          warn("retry", failure.cause(), attempt, unit);
          if (!delays.sleep()) {
            throw StoreException.Outage.after(attempt, delays.elapsedMillis(), failure.cause());
          }
        }
        case BAD_DATA -> {
          if (mode.isolate()) {
            throw new StoreException.Outage(
                "bad data that is no row's: " + ErrorClassifier.describe(failure.cause()),
                failure.cause());
          }
          counter.isolation();
          warn("isolate bad rows", failure.cause(), attempt, unit);
          mode = mode.isolating();
        }
        case CONFIGURATION ->
            throw new StoreException.Configuration(
                "the database refuses: " + ErrorClassifier.describe(failure.cause()),
                failure.cause());
        case UNKNOWN -> {
          if (fellBack) {
            throw new StoreException.Outage(
                "an error of unknown kind, also row by row: "
                    + ErrorClassifier.describe(failure.cause()),
                failure.cause());
          }
          counter.fallback();
          warn("row by row", failure.cause(), attempt, unit);
          fellBack = true;
          mode = mode.rowByRowIsolating();
        }
      }
    }
  }

  /** Looks the columns up once; a database that does not answer is tried again like a batch. */
  private void resolveStatements() throws StoreException, InterruptedException {
    if (statements != null) {
      return;
    }
    List<TableStatement> resolved = new ArrayList<>();
    for (TableWrite<T> table : plan.tables()) {
      resolved.add(
          statement(
              table.table(),
              table.columns(),
              table.optionalColumns(),
              table.key(),
              plan.statements()));
    }
    if (plan.outcomes() != null) {
      OutcomeTable<T> outcomes = plan.outcomes();
      outcomeStatement =
          statement(
              outcomes.table(),
              outcomes.columns(),
              List.of(),
              List.of(outcomes.key()),
              WriteStatements.UPSERTS);
    }
    insertStatements = resolved.stream().map(TableStatement::asInsert).toList();
    statements = resolved;
  }

  private TableStatement statement(
      String table,
      List<String> columns,
      List<String> optional,
      List<String> key,
      WriteStatements kind)
      throws StoreException, InterruptedException {
    TableShape shape = database.query(retries, c -> database.shape(c, table));
    return TableStatement.of(database.dialect(), shape, columns, optional, key, kind);
  }

  TableStatement statement(int table) {
    return statements.get(table);
  }

  TableStatement insertStatement(int table) {
    return insertStatements.get(table);
  }

  /** Tells keys apart as the database does. */
  Comparator<String> keyOrder() {
    return database.dialect().ignoresCase()
        ? Comparator.comparing(KeyComparison::fold)
        : Comparator.naturalOrder();
  }

  TableStatement outcomeStatement() {
    return outcomeStatement;
  }

  private static <T> void warn(
      String what, Exception cause, int attempt, TransactionBatch<T> unit) {
    LOG.atWarn()
        .addKeyValue("attempt", attempt)
        .addKeyValue("elements", unit.elements().size())
        .addKeyValue("error", ErrorClassifier.describe(cause))
        .log("batch failed: {}", what);
  }
}
