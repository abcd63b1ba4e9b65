package org.irisgraph.iris.batch;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.irisgraph.iris.spec.ForeignRows;
import org.irisgraph.iris.spec.TableWrite;
import org.irisgraph.jdbc.KeyedRows;

/**
 * Deletes the stale rows of a batch's elements: rows of an earlier version that an element no
 * longer has and, with {@link ForeignRows#REPLACE}, rows that other programs have stored for it.
 * They are deleted before the new rows are stored, in reverse order of the tables, so that no
 * foreign key or unique constraint is violated.
 *
 * <p>An instance serves one attempt at a batch: it searches each table once and keeps what exceeds
 * the limit of a transaction for the next one.
 */
final class StaleRows<T> {

  private final WritePlan<T> plan;
  private final BatchMetrics.Counter counter;
  private final TransactionBatch<T> batch;
  private final StaleRowSearch<T> search;

  /** The rows that the open transaction has deleted, by table, in the order of deletion. */
  private final List<Deletion> deleted = new ArrayList<>();

  private final Map<Integer, Set<String>> held = new HashMap<>();

  /** The next table to search; the later ones are done. */
  private int table;

  /** What was found and is still to be deleted. */
  private final Deque<Deletion> left = new ArrayDeque<>();

  StaleRows(ResolvedPlan<T> plan, TransactionBatch<T> batch, BatchMetrics.Counter counter) {
    this.plan = plan.plan();
    this.batch = batch;
    this.counter = counter;
    this.search = new StaleRowSearch<>(plan, batch);
    this.table = this.plan.tables().size() - 1;
  }

  /** Starts again after the open transaction was rolled back. */
  void restart() {
    deleted.clear();
    held.clear();
    table = plan.tables().size() - 1;
    left.clear();
  }

  /**
   * Deletes stale rows, so many that they and the batch's rows together are at most {@code
   * batchRows} of each table. If there are more, deletes up to that number and leaves the batch's
   * rows to a further transaction.
   *
   * @return whether a further transaction is needed
   */
  boolean delete(Connection connection) throws SQLException {
    int[] deletable = new int[plan.tables().size()];
    Arrays.fill(deletable, plan.batchRows());
    while (table >= 0 || !left.isEmpty()) {
      if (left.isEmpty()) {
        StaleRowSearch.Found found = search.in(connection, table);
        left.addAll(found.deletions());
        held.put(table, found.held());
        table--;
        continue;
      }
      Deletion next = left.remove();
      int size = Math.min(deletable[next.table()], next.rows().size());
      if (size > 0) {
        Deletion part = new Deletion(next.table(), next.rows().subList(0, size));
        delete(connection, part);
        deleted.add(part);
        deletable[next.table()] -= size;
      }
      if (size < next.rows().size()) {
        // Rows that refer to an earlier table must be deleted before its rows.
        left.addFirst(new Deletion(next.table(), next.rows().subList(size, next.rows().size())));
        return true;
      }
    }
    for (int i = 0; i < deletable.length; i++) {
      if (deletable[i] < batch.rows().get(i).size()) {
        return true;
      }
    }
    return false;
  }

  /** Repeats the deletions of the open transaction after it was rolled back. */
  void replay(Connection connection) throws SQLException {
    for (Deletion part : deleted) {
      delete(connection, part);
    }
  }

  /** Reports the deletions of the open transaction, which is about to be committed. */
  void report(StaleRowTally tally) {
    for (Deletion part : deleted) {
      for (StaleRow row : part.rows()) {
        if (row.newOwner() == null) {
          tally.deleted(part.table(), row.id(), row.foreign());
        }
      }
    }
    held.forEach(tally::held);
    deleted.clear();
  }

  private void delete(Connection connection, Deletion part) throws SQLException {
    counter.statement();
    TableWrite<T> write = plan.tables().get(part.table());
    String key = write.key().get(0);
    if (part.rows().get(0).newOwner() == null) {
      KeyedRows.delete(
          connection, write.table(), key, part.rows().stream().map(StaleRow::id).toList());
      return;
    }
    try (PreparedStatement statement =
        connection.prepareStatement(
            "UPDATE %s SET %s = ? WHERE %s = ?"
                .formatted(write.table(), write.ownerColumn(), key))) {
      for (StaleRow row : part.rows()) {
        KeyedRows.bind(statement, row.newOwner(), row.id());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }
}
