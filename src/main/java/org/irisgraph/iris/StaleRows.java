package org.irisgraph.iris;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The rows of an element's earlier version that it no longer has. They are deleted before the new
 * ones are stored, the tables in reverse, so that no foreign key and no unique constraint is hurt.
 */
final class StaleRows<T> {

  private final BatchWriter<T> writer;
  private final WritePlan<T> plan;
  private final Connection connection;
  private final BatchMetrics.Counter counter;

  StaleRows(
      BatchWriter<T> writer,
      WritePlan<T> plan,
      Connection connection,
      BatchMetrics.Counter counter) {
    this.writer = writer;
    this.plan = plan;
    this.connection = connection;
    this.counter = counter;
  }

  /**
   * Deletes the stale rows of elements, at most {@code limit} of each table.
   *
   * @return whether the limit left some
   */
  boolean delete(List<PendingElement<T>> elements, int limit) throws SQLException {
    if (elements.isEmpty()) {
      return false;
    }
    Map<String, PendingElement<T>> byKey = new TreeMap<>(writer.keyOrder());
    elements.forEach(element -> byKey.put(element.key(), element));
    boolean more = false;
    for (int table = plan.tables().size() - 1; table >= 0; table--) {
      TreeSet<String> stale = new TreeSet<>();
      for (Row ownerAndKey : owned(table, byKey)) {
        String id = (String) ownerAndKey.get(1);
        PendingElement<T> owner = byKey.get((String) ownerAndKey.get(0));
        // A collation that is wider than ours finds rows of somebody else.
        if (owner != null && !owner.isStored(table, id)) {
          stale.add(id);
        }
      }
      if (!stale.isEmpty()) {
        List<String> some = stale.stream().limit(limit).toList();
        more |= some.size() < stale.size();
        counter.statement();
        TableWrite<T> write = plan.tables().get(table);
        KeyedRows.delete(connection, write.table(), write.key().get(0), some);
        if (more) {
          // What refers to the rows of an earlier table must be gone before they are.
          return true;
        }
      }
    }
    return more;
  }

  /** Owner and key of all rows in a table that belong to these elements. */
  private List<Row> owned(int table, Map<String, PendingElement<T>> byKey) throws SQLException {
    TableWrite<T> write = plan.tables().get(table);
    String key = write.key().get(0);
    String owner = write.ownerColumn();
    if (owner != null && writer.statement(table).writes(owner)) {
      return KeyedRows.select(
          connection, write.table(), List.of(owner, key), owner, byKey.keySet());
    }
    TableWrite.OwnerThrough through = write.ownerThrough();
    if (through == null) {
      return List.of();
    }
    return KeyedRows.select(
        connection,
        "%s r JOIN %s o ON r.%s = o.%s"
            .formatted(write.table(), through.table(), through.column(), through.tableKey()),
        List.of("o." + through.tableOwner(), "r." + key),
        "o." + through.tableOwner(),
        byKey.keySet());
  }
}
