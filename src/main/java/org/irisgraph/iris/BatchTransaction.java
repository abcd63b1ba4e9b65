package org.irisgraph.iris;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.irisgraph.jdbc.Dialect;
import org.irisgraph.jdbc.StoreException;

/**
 * One attempt at one unit, up to its commit: look up and decide, delete what is no longer there,
 * store the rows table by table, record the outcomes.
 */
final class BatchTransaction<T> {

  /** How an attempt ended. */
  enum End {
    /** To be committed; the unit is complete. */
    DONE,
    /** To be committed; there is more to delete, in a further transaction. */
    MORE,
    /** To be rolled back and begun again, since something was rejected that was counted on. */
    AGAIN,
    /** To be rolled back, and its elements to be written one after the other. */
    ONE_BY_ONE
  }

  private final BatchWriter<T> writer;
  private final WritePlan<T> plan;
  private final Connection connection;
  private final BatchMetrics.Counter counter;
  private final RowIsolation<T> isolation;
  private final BatchOutcomes<T> outcomes;
  private final AttemptMode mode;
  private final StaleRows<T> stale;
  private int rowsStored;

  BatchTransaction(
      BatchWriter<T> writer,
      WritePlan<T> plan,
      Connection connection,
      Dialect dialect,
      BatchMetrics.Counter counter,
      AttemptMode mode,
      StaleRows<T> stale) {
    this.writer = writer;
    this.plan = plan;
    this.connection = connection;
    this.counter = counter;
    this.mode = mode;
    this.stale = stale;
    this.isolation =
        mode.isolate()
            ? new RowIsolation<>(writer, connection, dialect, counter, mode.rowByRow())
            : null;
    this.outcomes =
        plan.outcomes() == null
            ? null
            : new BatchOutcomes<>(writer, plan.outcomes(), connection, counter, this::journal);
  }

  int rowsStored() {
    return rowsStored;
  }

  End run(TransactionBatch<T> unit, long startNanos) throws SQLException, StoreException {
    if (unit.first() && outcomes != null && !outcomes.decide(unit)) {
      return End.ONE_BY_ONE;
    }
    if (plan.statements().defersIndexes() && !unit.isNew()) {
      throw new StoreException.Unindexed("an element has been stored before", null);
    }
    boolean insert = mode.insert() && unit.isNew();
    if (unit.last()) {
      if (stale.delete(connection, plan.batchRows())) {
        // Nothing is stored yet: whoever looks now is told that the elements are incomplete.
        if (unit.first() && outcomes != null) {
          outcomes.record(unit, startNanos, false);
        }
        return End.MORE;
      }
      journal(() -> stale.replay(connection));
    }
    for (int table = 0; table < plan.tables().size(); table++) {
      int rejectedBefore = undermining(unit);
      List<PendingElement.PendingRow<T>> rows = new StorableRows<>(writer, plan, table).of(unit);
      if (undermining(unit) > rejectedBefore) {
        return End.AGAIN;
      }
      rowsStored += store(table, rows, insert);
      if (undermining(unit) > rejectedBefore) {
        return End.AGAIN;
      }
    }
    if (outcomes != null && (unit.first() || unit.last())) {
      outcomes.record(unit, startNanos, unit.last());
    }
    return End.DONE;
  }

  private void journal(RowIsolation.Step step) {
    if (isolation != null) {
      isolation.journal(step);
    }
  }

  /**
   * How many rejections undo what this attempt has done: of a whole element, and of a row whose
   * earlier version was kept because it was to be replaced.
   */
  private int undermining(TransactionBatch<T> unit) {
    int count = 0;
    for (PendingElement<T> element : unit.elements()) {
      count += element.isWhollyRejected() ? 1 : 0;
      if (element.decision().action() == WriteDecision.Action.REPLACE) {
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
    TableStatement statement = insert ? writer.insertStatement(table) : writer.statement(table);
    if (mode.rowByRow()) {
      for (PendingElement.PendingRow<T> row : rows) {
        counter.statement();
        statement.executeSingly(connection, row.row());
      }
    } else {
      counter.statement();
      statement.execute(connection, rows.stream().map(PendingElement.PendingRow::row).toList());
    }
    return rows.size();
  }
}
