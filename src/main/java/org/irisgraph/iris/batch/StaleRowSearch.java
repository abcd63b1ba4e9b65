package org.irisgraph.iris.batch;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.irisgraph.iris.spec.ForeignRows;
import org.irisgraph.iris.spec.TableWrite;
import org.irisgraph.iris.spec.WriteDecision;
import org.irisgraph.jdbc.Dialect;
import org.irisgraph.jdbc.KeyedRows;
import org.irisgraph.jdbc.Row;
import org.jspecify.annotations.Nullable;

/**
 * Finds the stale rows of a batch's elements, see {@link StaleRows}.
 *
 * <p>A stale row is kept while a row that stays refers to it, one of another program or of an
 * element outside the batch. Deleting it would leave a dangling reference if there is no foreign
 * key, fail every attempt if there is one, and delete the other row too if the key cascades. It is
 * deleted when its element is next replaced and nothing refers to it. A row that {@linkplain
 * TableWrite#withLinks links} elements keeps none: it is deleted, too. Neither does a row that a
 * further {@linkplain WriteDecision#owners owner} has: it goes to the row with the element's key.
 */
final class StaleRowSearch<T> {

  private final WritePlan<T> plan;
  private final List<TableStatement> statements;
  private final Dialect dialect;
  private final Comparator<String> keyOrder;
  private final TransactionBatch<T> batch;

  StaleRowSearch(ResolvedPlan<T> plan, TransactionBatch<T> batch) {
    this.plan = plan.plan();
    this.statements = plan.upserts();
    this.dialect = plan.dialect();
    this.keyOrder = dialect.keyOrder();
    this.batch = batch;
  }

  /**
   * What was found in a table.
   *
   * @param deletions the links to stale rows, the rows that go to another owner, and then the stale
   *     rows
   * @param held the keys of stale rows that are kept
   */
  record Found(List<Deletion> deletions, Set<String> held) {}

  /**
   * Searches a table.
   *
   * @param table its index in the plan; the later ones are done
   */
  Found in(Connection connection, int table) throws SQLException {
    TableWrite<T> write = plan.tables().get(table);
    Map<String, PendingElement<T>> byKey = new TreeMap<>(keyOrder);
    // The database may distinguish keys that the order takes for equal.
    Set<String> owners = new LinkedHashSet<>();
    Map<String, PendingElement<T>> byFurtherOwner = new TreeMap<>(keyOrder);
    for (PendingElement<T> element : batch.elements()) {
      if (hasEarlierVersion(element) || (replacesForeign(write) && element.isStored())) {
        byKey.put(element.key(), element);
        owners.add(element.key());
        String former = element.decision().formerKey();
        if (former != null) {
          byKey.putIfAbsent(former, element);
          owners.add(former);
        }
        for (String owner : element.decision().owners()) {
          byFurtherOwner.put(owner, element);
          owners.add(owner);
        }
      }
    }
    if (byKey.isEmpty()) {
      return new Found(List.of(), Set.of());
    }
    Set<String> storedBefore = storedBefore(table);
    Map<String, StaleRow> stale = new TreeMap<>();
    for (Row ownerAndKey : owned(connection, table, owners)) {
      String owner = ownerAndKey.text(0);
      String id = ownerAndKey.text(1);
      PendingElement<T> element = byKey.getOrDefault(owner, byFurtherOwner.get(owner));
      // A collation that is wider than ours also finds rows of other owners.
      if (element == null
          || element.isStored(table, id)
          || storedBefore.contains(id)
          || (write.links() != null && write.links().kept() && isLink(write, ownerAndKey, 2))) {
        continue;
      }
      boolean foreign = write.foreign() != null && !write.foreign().isOwn().apply(owner, id);
      if (foreign ? replacesForeign(write) : hasEarlierVersion(element)) {
        stale.put(id, new StaleRow(id, foreign));
      }
    }
    List<Deletion> deletions = new ArrayList<>();
    Set<String> held = findReferenced(connection, table, stale.keySet(), byFurtherOwner, deletions);
    stale.keySet().removeAll(held);
    deletions.add(new Deletion(table, List.copyOf(stale.values())));
    return new Found(deletions, held);
  }

  /**
   * The keys of rows that earlier transactions have stored. The rows may have them in another
   * spelling, which an upsert keeps if the database takes it for equal.
   */
  private Set<String> storedBefore(int table) {
    Set<String> keys = new TreeSet<>(keyOrder);
    if (batch.isEnd()) {
      for (PendingElement<T> element : batch.elements()) {
        element.rows(table).stream().filter(element::isStored).forEach(row -> keys.add(row.id()));
      }
    }
    return keys;
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

  /** Reads owner and key of all rows of a table that belong to the owners. */
  private List<Row> owned(Connection connection, int table, Collection<String> owners)
      throws SQLException {
    TableWrite<T> write = plan.tables().get(table);
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
   * Finds those of the rows of a table to which rows that stay refer.
   *
   * @param deletions to add the links to any of the rows to, and the rows that go to another owner
   */
  private Set<String> findReferenced(
      Connection connection,
      int table,
      Set<String> ids,
      Map<String, PendingElement<T>> byFurtherOwner,
      List<Deletion> deletions)
      throws SQLException {
    Set<String> referred = new TreeSet<>(keyOrder);
    if (ids.isEmpty()) {
      return Set.of();
    }
    String name = plan.tables().get(table).table();
    for (int later = table + 1; later < plan.tables().size(); later++) {
      TableWrite<T> other = plan.tables().get(later);
      Set<String> links = new TreeSet<>();
      List<StaleRow> given = new ArrayList<>();
      for (TableWrite.Reference reference : other.references()) {
        String column = reference.column();
        if (other.foreign() != null
            && reference.table().equals(name)
            && statements.get(later).writes(column)) {
          List<String> columns = new ArrayList<>(List.of(column));
          columns.addAll(keyAndLinkColumns(other, ""));
          for (Row row : select(connection, other.table(), columns, column, ids)) {
            PendingElement<T> owner =
                column.equals(other.ownerColumn()) ? byFurtherOwner.get(row.text(0)) : null;
            if (isLink(other, row, 2)) {
              links.add(row.text(1));
            } else if (owner != null && owner.isStored(table, owner.key())) {
              given.add(new StaleRow(row.text(1), false, owner.key()));
            } else {
              referred.add(row.text(0));
            }
          }
        }
      }
      deletions.add(
          new Deletion(later, links.stream().map(id -> new StaleRow(id, false)).toList()));
      deletions.add(new Deletion(later, given));
    }
    // The order of keys may take other keys for equal.
    return ids.stream().filter(referred::contains).collect(Collectors.toSet());
  }
}
