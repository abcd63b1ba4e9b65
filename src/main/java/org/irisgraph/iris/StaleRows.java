package org.irisgraph.iris;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.Row;

/**
 * The rows of a unit's elements that have to go: those of an earlier version that an element no
 * longer has, and, where that is asked for, those of others ({@link ForeignRows}). They are deleted
 * before the new ones are stored, the tables in reverse, so that no foreign key and no unique
 * constraint is hurt.
 *
 * <p>A row that a row which stays refers to stays with it: of others, or of an element that is not
 * at hand. To delete it would leave a reference to nothing where the table has no foreign key, fail
 * the unit in every attempt where it has one, and take what belongs to others along where that
 * cascades. It goes with the first replacement of its element after nothing refers to it any more.
 *
 * <p>Lives as long as an attempt at its unit: each table is looked through once, and what one
 * transaction has no room for is remembered for the next.
 */
final class StaleRows<T> {

  /** A row to be deleted. */
  private record Stale(String id, boolean foreign) {}

  private final BatchWriter<T> writer;
  private final WritePlan<T> plan;
  private final BatchMetrics.Counter counter;
  private final List<PendingElement<T>> elements;
  private final boolean first;

  /** What the open transaction has deleted, by table, in the order of the deletions. */
  private final List<Map.Entry<Integer, List<Stale>>> deleted = new ArrayList<>();

  private final Map<Integer, Set<String>> held = new HashMap<>();
  private int table;
  private List<Stale> left;

  StaleRows(
      BatchWriter<T> writer,
      WritePlan<T> plan,
      TransactionBatch<T> unit,
      BatchMetrics.Counter counter) {
    this.writer = writer;
    this.plan = plan;
    this.elements = unit.elements();
    this.first = unit.first();
    this.counter = counter;
    beginAgain();
  }

  /** Forgets what it knows: the open transaction is rolled back. */
  void beginAgain() {
    deleted.clear();
    held.clear();
    table = plan.tables().size() - 1;
    left = null;
  }

  /**
   * Deletes, at most {@code limit} rows of each table.
   *
   * @return whether the limit left some for a further transaction
   */
  boolean delete(Connection connection, int limit) throws SQLException {
    while (table >= 0) {
      if (left == null) {
        left = look(connection);
      }
      List<Stale> some = left.subList(0, Math.min(limit, left.size()));
      if (!some.isEmpty()) {
        delete(connection, table, some);
        deleted.add(Map.entry(table, some));
      }
      if (some.size() < left.size()) {
        // What refers to the rows of an earlier table must be gone before they are.
        left = left.subList(some.size(), left.size());
        return true;
      }
      left = null;
      table--;
    }
    return false;
  }

  /** Deletes again what the open transaction had deleted before it was rolled back. */
  void replay(Connection connection) throws SQLException {
    for (Map.Entry<Integer, List<Stale>> ofTable : deleted) {
      delete(connection, ofTable.getKey(), ofTable.getValue());
    }
  }

  /** Tells what the open transaction does, which is about to be committed. */
  void report(Tally tally) {
    for (Map.Entry<Integer, List<Stale>> ofTable : deleted) {
      for (Stale row : ofTable.getValue()) {
        tally.deleted(ofTable.getKey(), row.id(), row.foreign());
      }
    }
    held.forEach(tally::held);
    deleted.clear();
  }

  private void delete(Connection connection, int from, List<Stale> rows) throws SQLException {
    counter.statement();
    TableWrite<T> write = plan.tables().get(from);
    KeyedRows.delete(
        connection, write.table(), write.key().get(0), rows.stream().map(Stale::id).toList());
  }

  /** What is to be deleted from the current table, now that the later ones are done. */
  private List<Stale> look(Connection connection) throws SQLException {
    TableWrite<T> write = plan.tables().get(table);
    Map<String, PendingElement<T>> byKey = new TreeMap<>(writer.keyOrder());
    for (PendingElement<T> element : elements) {
      if (hasEarlierVersion(element) || (replacesForeign(write) && element.isStored())) {
        byKey.put(element.key(), element);
      }
    }
    if (byKey.isEmpty()) {
      return List.of();
    }
    Map<String, Stale> stale = new TreeMap<>();
    for (Row ownerAndKey : owned(connection, write, byKey.keySet())) {
      String owner = (String) ownerAndKey.get(0);
      String id = (String) ownerAndKey.get(1);
      PendingElement<T> element = byKey.get(owner);
      // A collation that is wider than ours finds rows of somebody else.
      if (element == null || element.isStored(table, id)) {
        continue;
      }
      boolean foreign = write.foreign() != null && !write.foreign().isOwn().apply(owner, id);
      if (foreign ? replacesForeign(write) : hasEarlierVersion(element)) {
        stale.put(id, new Stale(id, foreign));
      }
    }
    stale.keySet().removeAll(hold(connection, stale.keySet()));
    return List.copyOf(stale.values());
  }

  /** Whether the tables may have rows of it that it does not have any more. */
  private boolean hasEarlierVersion(PendingElement<T> element) {
    return switch (element.decision().action()) {
      case REPLACE -> true;
      // Of an element in several transactions the earlier ones may have been for nothing.
      case WRITE -> !first;
      case REFUSE -> false;
    };
  }

  /** Tables whose indexes are left out were empty when that began, and nothing is found in them. */
  private boolean replacesForeign(TableWrite<T> write) {
    return write.foreign() != null
        && write.foreign().rows() == ForeignRows.REPLACE
        && !plan.statements().defersIndexes();
  }

  /** Owner and key of all rows in the current table that belong to elements. */
  private List<Row> owned(Connection connection, TableWrite<T> write, Collection<String> owners)
      throws SQLException {
    String owner = write.ownerColumn();
    boolean hasOwner = owner != null && writer.statement(table).writes(owner);
    List<Row> rows = new ArrayList<>();
    if (hasOwner) {
      rows.addAll(
          KeyedRows.select(
              connection, write.table(), List.of(owner, write.key().get(0)), owner, owners));
    }
    TableWrite.OwnerThrough through = write.ownerThrough();
    // Others may leave the column empty.
    if (through != null && (!hasOwner || replacesForeign(write))) {
      rows.addAll(
          KeyedRows.select(
              connection,
              "%s r JOIN %s o ON r.%s = o.%s"
                      .formatted(
                          write.table(), through.table(), through.column(), through.tableKey())
                  + (hasOwner ? " AND r.%s IS NULL".formatted(owner) : ""),
              List.of("o." + through.tableOwner(), "r." + write.key().get(0)),
              "o." + through.tableOwner(),
              owners));
    }
    return rows;
  }

  /** Those of the current table's rows that rows which stay refer to. */
  private Set<String> hold(Connection connection, Set<String> ids) throws SQLException {
    Set<String> referred = new TreeSet<>(writer.keyOrder());
    if (ids.isEmpty()) {
      return referred;
    }
    String name = plan.tables().get(table).table();
    for (int later = table + 1; later < plan.tables().size(); later++) {
      TableWrite<T> other = plan.tables().get(later);
      for (TableWrite.Reference reference : other.references()) {
        String column = reference.column();
        if (other.foreign() != null
            && reference.table().equals(name)
            && writer.statement(later).writes(column)) {
          for (Row row :
              KeyedRows.select(connection, other.table(), List.of(column), column, ids)) {
            referred.add((String) row.get(0));
          }
        }
      }
    }
    Set<String> ofTable = new HashSet<>();
    ids.stream().filter(referred::contains).forEach(ofTable::add);
    if (!ofTable.isEmpty()) {
      held.put(table, ofTable);
    }
    return ofTable;
  }

  /**
   * What became of the rows of a unit, over all its transactions and attempts. Counted by key: what
   * a commit in doubt may have deleted is counted once, whether that commit or a later one did.
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

    /** Rows of others that were deleted. */
    int replaced() {
      return replaced.size();
    }

    /** Rows that stay because others refer to them. */
    int held() {
      return held.size();
    }
  }
}
