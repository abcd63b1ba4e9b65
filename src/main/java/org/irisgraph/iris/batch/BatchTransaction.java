package org.irisgraph.iris.batch;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.irisgraph.iris.spec.ChangeLog;
import org.irisgraph.iris.spec.DerivedColumns;
import org.irisgraph.iris.spec.OutcomeTable;
import org.irisgraph.iris.spec.WriteDecision;
import org.irisgraph.jdbc.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * Runs the statements of one transaction, up to its commit: looks up and decides, deletes stale
 * rows, stores the rows table by table, records the outcomes.
 */
final class BatchTransaction<T> {

  /** What the caller has to do after the statements. */
  enum End {
    /** Commit; the batch is complete. */
    COMPLETE,
    /** Commit; a further transaction deletes the remaining stale rows, or stores the rows. */
    MORE,
    /**
     * Roll back and run again, because something was rejected that earlier statements relied on.
     */
    RESTART,
    /**
     * Roll back and write the batch in two halves, because elements depend on each other, or
     * because the outcomes are more rows than a transaction may change.
     */
    DIVIDE
  }

  private final WritePlan<T> plan;
  private final ResolvedPlan<T> statements;
  private final Connection connection;
  private final BatchMetrics.Counter counter;
  private final AttemptMode mode;
  private final StaleRows<T> stale;
  private final @Nullable RowIsolation<T> isolation;
  private final @Nullable BatchOutcomes<T> outcomes;
  private int rowsStored;
  private FailureHint hint = FailureHint.NONE;

  BatchTransaction(
      ResolvedPlan<T> statements,
      Connection connection,
      BatchMetrics.Counter counter,
      AttemptMode mode,
      StaleRows<T> stale) {
    this.plan = statements.plan();
    this.statements = statements;
    this.connection = connection;
    this.counter = counter;
    this.mode = mode;
    this.stale = stale;
    RowIsolation<T> rowIsolation =
        mode.isolate()
            ? new RowIsolation<>(
                statements.allUpserts(), statements.dialect(), connection, counter, mode.rowByRow())
            : null;
    this.isolation = rowIsolation;
    OutcomeTable<T> table = plan.outcomes();
    TableStatement upsert = statements.outcomeUpsert();
    this.outcomes =
        table == null || upsert == null
            ? null
            : new BatchOutcomes<>(table, upsert, connection, counter, rowIsolation, this::journal);
  }

  int rowsStored() {
    return rowsStored;
  }

  /** What is known about the rows of the statement that failed. */
  FailureHint hint() {
    return hint;
  }

  End run(TransactionBatch<T> batch, long startNanos) throws SQLException, StoreException {
    if (batch.first() && outcomes != null && !outcomes.decide(batch, plan.batchRows())) {
      return End.DIVIDE;
    }
    if (plan.statements().defersIndexes() && !batch.isNew()) {
      throw new StoreException.Unindexed("an element has been stored before", null);
    }
    boolean insert = mode.insert() && batch.isNew();
    if (!insert && !clearDerived(batch)) {
      return End.DIVIDE;
    }
    recordChanges(batch);
    if (batch.last()) {
      if (stale.delete(connection)) {
        // Nothing is stored yet: until it is, readers see that the elements are incomplete.
        boolean recorded =
            !batch.first() || outcomes == null || outcomes.record(batch, startNanos, false);
        return recorded ? End.MORE : End.RESTART;
      }
      journal(() -> stale.replay(connection));
    }
    for (int table = 0; table < plan.tables().size(); table++) {
      int rejectedBefore = invalidatingRejections(batch);
      List<PendingElement.PendingRow<T>> rows = statements.storable().get(table).of(batch);
      if (invalidatingRejections(batch) > rejectedBefore) {
        return End.RESTART;
      }
      rowsStored += store(table, rows, insert);
      if (invalidatingRejections(batch) > rejectedBefore) {
        return End.RESTART;
      }
    }
    boolean recorded =
        outcomes == null
            || !(batch.first() || batch.last())
            || outcomes.record(batch, startNanos, batch.last());
    return recorded ? End.COMPLETE : End.RESTART;
  }

  /**
   * Clears what other programs have derived from content that is about to be replaced.
   *
   * @return false if those rows and the batch's would exceed the limit of a transaction
   */
  private boolean clearDerived(TransactionBatch<T> batch) throws SQLException {
    DerivedColumns derived = statements.derived();
    // Tables whose indexes are built later were empty at first.
    if (derived == null || plan.statements().defersIndexes()) {
      return true;
    }
    Set<String> keys = new LinkedHashSet<>();
    for (PendingElement<T> element : batch.elements()) {
      WriteDecision decision = element.decision();
      if (batch.first()
          && decision.action() != WriteDecision.Action.REFUSE
          && decision.newContent()) {
        keys.add(element.key());
        if (decision.formerKey() != null) {
          keys.add(decision.formerKey());
        }
      }
      if (batch.first() && decision.overwrittenKey() != null) {
        keys.add(decision.overwrittenKey());
      }
    }
    for (PendingElement.PendingRow<T> row : rowsOf(derived.table(), batch)) {
      if (row.element().isStored(row) && row.element().decision().newContent()) {
        keys.add(row.id());
      }
    }
    if (keys.isEmpty()) {
      return true;
    }
    if (batch.elements().size() > 1 && keys.size() > plan.batchRows() / 2) {
      return false;
    }
    counter.statement();
    derived.clear(connection, keys);
    journal(() -> derived.clear(connection, keys));
    return true;
  }

  /** The rows of a batch for a table; none if the plan leaves the table to others. */
  private List<PendingElement.PendingRow<T>> rowsOf(String name, TransactionBatch<T> batch) {
    for (int table = 0; table < plan.tables().size(); table++) {
      if (plan.tables().get(table).table().equals(name)) {
        return batch.rows().get(table);
      }
    }
    return List.of();
  }

  private void recordChanges(TransactionBatch<T> batch) throws SQLException {
    ChangeLog changes = plan.changeLog();
    if (changes == null) {
      return;
    }
    List<String> added = new ArrayList<>();
    List<String> replaced = new ArrayList<>();
    for (PendingElement<T> element : batch.elements()) {
      WriteDecision decision = element.decision();
      if (decision.action() == WriteDecision.Action.REPLACE) {
        // Of one that is rejected, the earlier version is deleted.
        replaced.add(element.key());
        if (decision.formerKey() != null && !decision.formerKey().equals(element.key())) {
          replaced.add(decision.formerKey());
        }
      } else if (element.isStored()) {
        added.add(element.key());
      }
    }
    if (!added.isEmpty() || !replaced.isEmpty()) {
      counter.statement();
      changes.record(connection, added, replaced);
      journal(() -> changes.record(connection, added, replaced));
    }
  }

  private void journal(RowIsolation.Step step) {
    if (isolation != null) {
      isolation.journal(step);
    }
  }

  /**
   * Counts the rejections that invalidate earlier statements of this attempt: of a whole element,
   * of a row whose earlier version was kept because the row would replace it, and of a row in whose
   * favour another element's row with the same key was left out.
   */
  private int invalidatingRejections(TransactionBatch<T> batch) {
    boolean sharesRows = isolation != null && batch.sharesRows();
    int count = 0;
    for (PendingElement<T> element : batch.elements()) {
      count += element.isWhollyRejected() ? 1 : 0;
      if (sharesRows || element.decision().action() == WriteDecision.Action.REPLACE) {
        count += element.rejectedCount();
      }
    }
    return count;
  }

  private int store(int table, List<PendingElement.PendingRow<T>> rows, boolean insert)
      throws SQLException, StoreException {
    if (rows.isEmpty()) {
      return 0;
    }
    if (isolation != null) {
      return isolation.store(table, rows);
    }
    TableStatement statement = (insert ? statements.inserts() : statements.upserts()).get(table);
    if (mode.rowByRow()) {
      for (PendingElement.PendingRow<T> row : rows) {
        counter.statement();
        statement.executeSingly(connection, row.row());
      }
    } else {
      counter.statement();
      try {
        statement.execute(connection, rows.stream().map(PendingElement.PendingRow::row).toList());
      } catch (SQLException e) {
        hint = FailureHint.of(e, rows);
        throw e;
      }
    }
    return rows.size();
  }
}
