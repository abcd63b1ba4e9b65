package org.irisgraph.iris.batch;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.irisgraph.iris.spec.OnBadRow;
import org.irisgraph.iris.spec.RejectedRow;
import org.irisgraph.iris.spec.RowRule;
import org.irisgraph.iris.spec.WriteMode;
import org.irisgraph.jdbc.Database;
import org.irisgraph.jdbc.ErrorClass;
import org.irisgraph.jdbc.ErrorClassifier;
import org.irisgraph.jdbc.RetryPolicy;
import org.irisgraph.jdbc.StoreException;
import org.irisgraph.jdbc.TableShape;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores elements in batches, each in one transaction or, if it has a bad row and there are no
 * savepoints, in several with whole elements. A transaction is applied exactly once or not at all.
 *
 * <p>Errors are handled by their class. <em>Transient</em> errors and commits <em>in doubt</em> are
 * retried from our own copy of the rows until the time for retries is used up; that is safe because
 * repeated writes are upserts. <em>Bad data</em> is isolated: the bad rows are rejected and the
 * good ones stored; an element whose row of the outcome table is bad is rejected as a whole. A
 * <em>configuration</em> error fails at once. After an <em>unknown</em> error the batch is tried
 * once row by row: the error is a row's fault if and only if other rows of its table succeed;
 * otherwise it is an outage, of which nothing is recorded as rejected.
 *
 * <p>With {@link WriteMode#INSERT} the first attempt at new elements is a plain insert. If it is
 * refused, an upsert follows, which can distinguish an existing key from a bad row.
 */
public final class BatchWriter<T> {

  private static final Logger LOG = LoggerFactory.getLogger(BatchWriter.class);

  private final Database database;
  private final WritePlan<T> plan;
  private final RetryPolicy retries;
  private @Nullable ResolvedPlan<T> resolved;

  public BatchWriter(Database database, WritePlan<T> plan, RetryPolicy retries) {
    this.database = database;
    this.plan = plan;
    this.retries = retries;
  }

  /**
   * Stores elements in their order, in as many transactions as their rows need.
   *
   * @throws StoreException if they cannot be stored for a reason other than their rows; what was
   *     committed before stays
   */
  public BatchResult<T> write(List<T> elements) throws StoreException, InterruptedException {
    BatchMetrics.Counter counter = BatchMetrics.counter();
    List<PendingElement<T>> pending = new ArrayList<>();
    for (T element : elements) {
      pending.add(new PendingElement<>(element, plan));
    }
    for (TransactionBatch<T> batch : TransactionBatch.of(pending, plan)) {
      if (batch.first()) {
        check(batch.elements());
      } else if (batch.isRefused()) {
        continue;
      }
      long start = System.nanoTime();
      store(batch, counter);
      counter.took((System.nanoTime() - start) / 1e6);
    }
    return BatchResult.of(pending, plan.tables(), counter);
  }

  /** Rejects the rows that a rule or a column forbids. */
  private void check(List<PendingElement<T>> pending) throws StoreException, InterruptedException {
    ResolvedPlan<T> rules = resolved();
    for (PendingElement<T> element : pending) {
      for (int table = 0; table < plan.tables().size(); table++) {
        for (PendingElement.PendingRow<T> row : element.rows(table)) {
          RowRule.Violation violation = rules.check(row).orElse(null);
          if (violation != null) {
            row.reject(RejectedRow.Reason.VALIDATION, violation.code(), violation.message());
          }
        }
      }
      element.confirmRejections();
    }
  }

  /**
   * Stores one batch. Elements that may have bad rows are isolated each alone, after all others: a
   * failure without savepoints then repeats the rows of one element only.
   */
  private void store(TransactionBatch<T> batch, BatchMetrics.Counter counter)
      throws StoreException, InterruptedException {
    Deque<PendingElement<T>> suspects = new ArrayDeque<>();
    store(batch, batch, AttemptMode.first(plan), suspects, counter);
    AttemptMode isolating = AttemptMode.first(plan).upserting().isolating();
    while (!suspects.isEmpty()) {
      store(batch, whole(List.of(suspects.remove())), isolating, suspects, counter);
    }
  }

  private TransactionBatch<T> whole(List<PendingElement<T>> elements) {
    return TransactionBatch.whole(elements, plan.tables().size());
  }

  /**
   * Stores a piece of a batch, in as many attempts as the time for retries allows.
   *
   * @param whole the batch
   * @param piece the batch, or some of its elements
   * @param first the mode of the first attempt
   * @param suspects gets elements that are not stored, because they may have bad rows
   */
  private void store(
      TransactionBatch<T> whole,
      TransactionBatch<T> piece,
      AttemptMode first,
      Deque<PendingElement<T>> suspects,
      BatchMetrics.Counter counter)
      throws StoreException, InterruptedException {
    TransactionBatch<T> batch = piece;
    RetryPolicy.Delays delays = retries.start(database.outage());
    AttemptMode mode = first;
    StaleRowTally stale = new StaleRowTally();
    boolean fellBack = false;
    for (int attempt = 1; ; attempt++) {
      counter.attempt();
      BatchAttempt.Outcome outcome = attempt(batch, mode, stale, counter);
      if (outcome instanceof BatchAttempt.Divided) {
        storeHalves(batch.elements(), counter);
        return;
      }
      if (!(outcome instanceof BatchAttempt.Failed failure)) {
        counter.stale(stale);
        return;
      }
      batch.elements().forEach(PendingElement::discardRejections);
      boolean inserted = mode.insert() && batch.isNew();
      mode = mode.upserting();
      Exception cause = failure.cause();
      if (inserted && failure.mayBeCausedByInserts()) {
        counter.fallback();
        warn("upsert instead of insert", cause, attempt, batch);
        continue;
      }
      switch (failure.errorClass()) {
        case TRANSIENT, IN_DOUBT -> {
          if (failure.errorClass() == ErrorClass.IN_DOUBT && plan.statements().defersIndexes()) {
            throw new StoreException.Unindexed("a batch may have been stored", cause);
          }
          counter.retry();
          warn("retry", cause, attempt, batch);
          long start = System.nanoTime();
          boolean again = delays.sleep();
          counter.waitedSince(start);
          if (!again) {
            throw StoreException.Outage.after(attempt, delays.elapsedMillis(), cause);
          }
        }
        case BAD_DATA -> {
          if (mode.isolate()) {
            if (divide(batch, cause, counter)) {
              return;
            }
            continue;
          }
          if (batch.elements().size() == whole.elements().size()) {
            counter.isolation();
            warn("isolate bad rows", cause, attempt, batch);
          }
          if (isolatesInPieces(batch)) {
            for (List<PendingElement<T>> part : failure.hint().pieces(batch.elements())) {
              if (part.size() == 1) {
                suspects.addAll(part);
              } else {
                store(whole, whole(part), mode, suspects, counter);
              }
            }
            return;
          }
          mode = mode.isolating();
        }
        case CONFIGURATION ->
            throw new StoreException.Configuration(ErrorClassifier.refusal(cause), cause);
        case UNKNOWN -> {
          if (fellBack) {
            throw outage("an unknown error, also row by row", cause);
          }
          counter.fallback();
          warn("row by row", cause, attempt, batch);
          fellBack = true;
          mode = mode.rowByRowIsolating();
          if (!plan.statements().defersIndexes()) {
            // The other rows of a piece may be too few to show whose fault the error is.
            batch = whole;
            suspects.clear();
          }
        }
      }
    }
  }

  /**
   * Finds the element that the database refuses outside of its rows: at the look-up of its key, or
   * at the commit, where deferred constraints are checked.
   *
   * @return whether the batch is stored, in two halves; false if it is to be tried again without
   *     the rows of its only element
   */
  private boolean divide(TransactionBatch<T> batch, Exception cause, BatchMetrics.Counter counter)
      throws StoreException, InterruptedException {
    List<PendingElement<T>> elements = batch.elements();
    if (elements.size() == 1) {
      if (elements.get(0).isRefused()) {
        throw outage("bad data that is not in a row", cause);
      }
      DatabaseReason reason = DatabaseReason.of(database.dialect(), cause);
      elements.get(0).refuse(reason.code(), reason.message());
      elements.get(0).confirmRejections();
      return false;
    }
    storeHalves(elements, counter);
    return true;
  }

  private void storeHalves(List<PendingElement<T>> elements, BatchMetrics.Counter counter)
      throws StoreException, InterruptedException {
    int half = elements.size() / 2;
    store(whole(elements.subList(0, half)), counter);
    store(whole(elements.subList(half, elements.size())), counter);
  }

  /**
   * Whether a batch with a bad row is stored in several transactions. With savepoints one is
   * enough; if a bad row is to stop the write, nothing of its batch may be stored; and pieces are
   * not in the order that decides between rows with one key.
   */
  private boolean isolatesInPieces(TransactionBatch<T> batch) {
    return batch.elements().size() > 1
        && !database.dialect().hasSavepoints()
        && plan.onBadRow() != OnBadRow.STOP
        && !batch.sharesRows();
  }

  private BatchAttempt.Outcome attempt(
      TransactionBatch<T> batch,
      AttemptMode mode,
      StaleRowTally stale,
      BatchMetrics.Counter counter)
      throws StoreException, InterruptedException {
    ResolvedPlan<T> resolvedPlan = resolved();
    long start = System.nanoTime();
    try (Database.Lease lease = database.borrow()) {
      counter.waitedSince(start);
      return new BatchAttempt<>(resolvedPlan, database.outage(), counter)
          .run(lease, batch, mode, stale);
    } catch (SQLException e) {
      // No connection: whatever the pool reports, only a refusal is final.
      return new BatchAttempt.Failed(
          ErrorClassifier.ofConnect(database.dialect(), e), e, FailureHint.NONE);
    }
  }

  /** Looks the columns up once; retries while the database does not answer. */
  private ResolvedPlan<T> resolved() throws StoreException, InterruptedException {
    if (resolved == null) {
      Map<String, TableShape> shapes =
          database.query(
              retries,
              connection -> {
                Map<String, TableShape> found = new HashMap<>();
                for (String table : plan.tableNames()) {
                  found.put(table, database.shape(connection, table));
                }
                return found;
              });
      resolved = ResolvedPlan.of(plan, database.dialect(), shapes);
    }
    return resolved;
  }

  private static StoreException.Outage outage(String what, Exception cause) {
    return new StoreException.Outage(what + ": " + ErrorClassifier.describe(cause), cause);
  }

  private static <T> void warn(
      String reaction, Exception cause, int attempt, TransactionBatch<T> batch) {
    LOG.atWarn()
        .addKeyValue("attempt", attempt)
        .addKeyValue("elements", batch.elements().size())
        .addKeyValue("error", ErrorClassifier.describe(cause))
        .log("batch failed: {}", reaction);
  }
}
