package org.irisgraph.iris;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.irisgraph.jdbc.Dialect;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.Row;
import org.jspecify.annotations.Nullable;

/**
 * Deletes the stale rows of a batch's elements: rows of an earlier version that an element no
 * longer has and, with {@link ForeignRows#REPLACE}, rows that other programs have stored for it.
 * They are deleted before the new rows are stored, in reverse order of the tables, so that no
 * foreign key or unique constraint is violated.
 *
 * <p>A stale row is kept while a row that stays refers to it, one of another program or of an
 * element outside the batch. Deleting it would leave a dangling reference if there is no foreign
 * key, fail every attempt if there is one, and delete the other row too if the key cascades. It is
 * deleted when its element is next replaced and nothing refers to it. A row that {@linkplain
 * TableWrite#withLinks links} elements keeps none: it is deleted, too.
 *
 * <p>An instance serves one attempt at a batch: it searches each table once and keeps what exceeds
 * the limit of a transaction for the next one.
 */
final class StaleRows<T> {

  /** A row to delete. */
  private record Stale(String id, boolean foreign) {}

  /** Rows to delete from a table. */
  private record Deletion(int table, List<Stale> rows) {}

  private final WritePlan<T> plan;
  private final List<TableStatement> statements;
  private final Dialect dialect;
  private final Comparator<String> keyOrder;
  private final BatchMetrics.Counter counter;
  private final TransactionBatch<T> batch;

  /** The rows that the open transaction has deleted, by table, in the order of deletion. */
  private final List<Deletion> deleted = new ArrayList<>();

  private final Map<Integer, Set<String>> held = new HashMap<>();

  /** The next table to search; the later ones are done. */
  private int table;

  /** What was found and is still to be deleted. */
  private final Deque<Deletion> left = new ArrayDeque<>();

  StaleRows(ResolvedPlan<T> plan, TransactionBatch<T> batch, BatchMetrics.Counter counter) {
    this.plan = plan.plan();
    this.statements = plan.upserts();
    this.dialect = plan.dialect();
    this.keyOrder = dialect.keyOrder();
    this.batch = batch;
    this.counter = counter;
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
        left.addAll(findStale(connection));
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
  void report(Tally tally) {
    for (Deletion part : deleted) {
      for (Stale row : part.rows()) {
        tally.deleted(part.table(), row.id(), row.foreign());
      }
    }
    held.forEach(tally::held);
    deleted.clear();
  }

  private void delete(Connection connection, Deletion part) throws SQLException {
    counter.statement();
    TableWrite<T> write = plan.tables().get(part.table());
    KeyedRows.delete(
        connection,
        write.table(),
        write.key().get(0),
        part.rows().stream().map(Stale::id).toList());
  }

  /** Finds the rows to delete from the current table, and before them the links to them. */
  private List<Deletion> findStale(Connection connection) throws SQLException {
    TableWrite<T> write = plan.tables().get(table);
    Map<String, PendingElement<T>> byKey = new TreeMap<>(keyOrder);
    // The database may distinguish keys that the order takes for equal.
    Set<String> owners = new LinkedHashSet<>();
    for (PendingElement<T> element : batch.elements()) {
      if (hasEarlierVersion(element) || (replacesForeign(write) && element.isStored())) {
        byKey.put(element.key(), element);
        owners.add(element.key());
        String former = element.decision().formerKey();
        if (former != null) {
          byKey.putIfAbsent(former, element);
          owners.add(former);
        }
      }
    }
    if (byKey.isEmpty()) {
      return List.of();
    }
    Map<String, Stale> stale = new TreeMap<>();
    for (Row ownerAndKey : owned(connection, write, owners)) {
      String owner = ownerAndKey.text(0);
      String id = ownerAndKey.text(1);
      PendingElement<T> element = byKey.get(owner);
      // A collation that is wider than ours also finds rows of other owners.
      if (element == null
          || element.isStored(table, id)
          || (write.links() != null && write.links().kept() && isLink(write, ownerAndKey, 2))) {
        continue;
      }
      boolean foreign = write.foreign() != null && !write.foreign().isOwn().apply(owner, id);
      if (foreign ? replacesForeign(write) : hasEarlierVersion(element)) {
        stale.put(id, new Stale(id, foreign));
      }
    }
    List<Deletion> deletions = new ArrayList<>();
    stale.keySet().removeAll(findReferenced(connection, stale.keySet(), deletions));
    deletions.add(new Deletion(table, List.copyOf(stale.values())));
    return deletions;
  }

  /** The key of a table, and what its links are recognised by. */
  private static List<String> keyAndLinkColumns(TableWrite<?> write, String prefix) {
    List<String> columns = new ArrayList<>(write.key());
    if (write.links() != null) {
      columns.addAll(write.links().columns());
    }
    return columns.stream().map(column -> prefix + column).toList();
  }

  /** Whether a row is a link, of which the columns begin at this index. */
  private static boolean isLink(TableWrite<?> write, Row row, int from) {
    TableWrite.Links links = write.links();
    if (links == null) {
      return false;
    }
    @Nullable Object[] values = new @Nullable Object[links.columns().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = row.get(from + i);
    }
    return links.isLink().apply(Row.of(values));
  }

  /** Whether the tables may have rows of the element that it no longer has. */
  private boolean hasEarlierVersion(PendingElement<T> element) {
    return switch (element.decision().action()) {
      case REPLACE -> true;
      // Earlier transactions of the same element may have stored rows that were rejected later.
      case WRITE -> !batch.first();
      case REFUSE -> false;
    };
  }

  /** Not without indexes: those tables were empty at first, and nothing is found in them. */
  private boolean replacesForeign(TableWrite<T> write) {
    return write.foreign() != null
        && write.foreign().rows() == ForeignRows.REPLACE
        && !plan.statements().defersIndexes();
  }

  /** Reads rows by keys; no row has a key that is too long to be looked up. */
  private List<Row> select(
      Connection connection,
      String from,
      List<String> columns,
      String column,
      Collection<String> keys)
      throws SQLException {
    try {
      return KeyedRows.select(connection, from, columns, column, keys);
    } catch (SQLException e) {
      if (!dialect.isKeyTooLong(e)) {
        throw e;
      }
      List<Row> rows = new ArrayList<>();
      List<String> all = List.copyOf(keys);
      int half = all.size() / 2;
      if (half > 0) {
        rows.addAll(select(connection, from, columns, column, all.subList(0, half)));
        rows.addAll(select(connection, from, columns, column, all.subList(half, all.size())));
      }
      return rows;
    }
  }

  /** Reads owner and key of all rows in the current table that belong to the owners. */
  private List<Row> owned(Connection connection, TableWrite<T> write, Collection<String> owners)
      throws SQLException {
    String owner = write.ownerColumn();
    boolean hasOwner = owner != null && statements.get(table).writes(owner);
    List<Row> rows = new ArrayList<>();
    if (owner != null && hasOwner) {
      List<String> columns = new ArrayList<>(List.of(owner));
      columns.addAll(keyAndLinkColumns(write, ""));
      rows.addAll(select(connection, write.table(), columns, owner, owners));
    }
    TableWrite.OwnerThrough through = write.ownerThrough();
    // Other programs may leave the owner column empty.
    if (through != null && (!hasOwner || replacesForeign(write))) {
      List<String> columns = new ArrayList<>(List.of("o." + through.tableOwner()));
      columns.addAll(keyAndLinkColumns(write, "r."));
      rows.addAll(
          select(
              connection,
              "%s r JOIN %s o ON r.%s = o.%s"
                      .formatted(
                          write.table(), through.table(), through.column(), through.tableKey())
                  + (hasOwner ? " AND r.%s IS NULL".formatted(owner) : ""),
              columns,
              "o." + through.tableOwner(),
              owners));
    }
    return rows;
  }

  /**
   * Finds those of the rows in the current table to which rows that stay refer.
   *
   * @param deletions to add the links to any of the rows to
   */
  private Set<String> findReferenced(
      Connection connection, Set<String> ids, List<Deletion> deletions) throws SQLException {
    Set<String> referred = new TreeSet<>(keyOrder);
    if (ids.isEmpty()) {
      return referred;
    }
    String name = plan.tables().get(table).table();
    for (int later = table + 1; later < plan.tables().size(); later++) {
      TableWrite<T> other = plan.tables().get(later);
      Set<String> links = new TreeSet<>();
      for (TableWrite.Reference reference : other.references()) {
        String column = reference.column();
        if (other.foreign() != null
            && reference.table().equals(name)
            && statements.get(later).writes(column)) {
          List<String> columns = new ArrayList<>(List.of(column));
          if (other.links() != null) {
            columns.addAll(keyAndLinkColumns(other, ""));
          }
          for (Row row : select(connection, other.table(), columns, column, ids)) {
            if (isLink(other, row, 2)) {
              links.add(row.text(1));
            } else {
              referred.add(row.text(0));
            }
          }
        }
      }
      deletions.add(new Deletion(later, links.stream().map(id -> new Stale(id, false)).toList()));
    }
    Set<String> ofTable = new HashSet<>();
    ids.stream().filter(referred::contains).forEach(ofTable::add);
    if (!ofTable.isEmpty()) {
      held.put(table, ofTable);
    }
    return ofTable;
  }

  /**
   * Counts the deleted and kept rows of a batch over all its transactions and attempts. It counts
   * keys, so that a row is counted once even if a commit in doubt was repeated.
   */
  static final class Tally {
    private final Set<String> replaced = new HashSet<>();
    private final Set<String> held = new HashSet<>();

    private void deleted(int table, String id, boolean foreign) {
      String key = key(table, id);
      held.remove(key);
      if (foreign) {
        replaced.add(key);
      }
    }

    private void held(int table, Set<String> ids) {
      ids.forEach(id -> held.add(key(table, id)));
    }

    private static String key(int table, String id) {
      return table + ":" + id;
    }

    /** How many rows of other programs were deleted. */
    int replaced() {
      return replaced.size();
    }

    /** How many rows stay because rows of other programs refer to them. */
    int held() {
      return held.size();
    }
  }
}
